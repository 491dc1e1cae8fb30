"""From a request off the wire to its answer: route, log, fault, key, switch, room."""

from __future__ import annotations

import threading
import traceback
from typing import TYPE_CHECKING

from attrs import evolve

from aistats.sandbox import envelopes, routes, routing
from aistats.sandbox.calls import Answer, Call, Refusal, Route
from aistats.sandbox.log import BODY_KEPT, Received, RequestLog, masked_headers, masked_query
from aistats.sandbox.server import Incoming, Outgoing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aistats.sandbox.faults import Fault, Faults
    from aistats.sandbox.state import World

MIB = 1024 * 1024
JSON_LIMIT = 16 * MIB
FORM_LIMIT = 32 * MIB
FILE_LIMIT = 200 * MIB
PREFIX = "/v1"
GREETING = {"message": "This is the AI Stats sandbox. The API is below /v1."}
OFF_MESSAGE = "This is switched off in the sandbox."
NOWHERE = Route("unknown", "GET", "", lambda _world, _call: Answer())


class Dispatcher:
    """Answers requests; the server calls it from many threads."""

    def __init__(self, world: World, log: RequestLog, faults: Faults) -> None:
        self.closing: threading.Event = threading.Event()
        self._world = world
        self._log = log
        self._faults = faults

    def limit(self, target: str, headers: Mapping[str, str]) -> int:
        """Return how many bytes the body of such a request may have."""
        found = routes.find("POST", target.partition("?")[0].removeprefix(PREFIX))
        if found is None or found[0].shape != "pipeline":
            return FILE_LIMIT
        return FORM_LIMIT if "multipart/" in headers.get("content-type", "") else JSON_LIMIT

    def handle(self, incoming: Incoming) -> Outgoing:
        """Answer one request, or break on it, as the test arranged."""
        call, entry, fault = self._receive(incoming)
        if fault is None:
            answer = self._answer(call, incoming, None)
            entry.status = answer.status
            return Outgoing(answer=answer)
        self.closing.wait(fault.delay)
        if fault.drop == "before":
            return Outgoing(answer=None)
        answer = self._answer(call, incoming, fault)
        if fault.drop == "answer":
            return Outgoing(answer=None)
        entry.status = answer.status
        return Outgoing(
            answer=answer,
            slow=fault.slow,
            cut=fault.cut,
            clean=answer.streamed if fault.clean is None else fault.clean,
            reset_later=fault.drop == "after",
        )

    def _receive(self, incoming: Incoming) -> tuple[Call, Received, Fault | None]:
        whole, _, query = incoming.target.partition("?")
        path = whole.removeprefix(PREFIX)
        inside = whole.startswith(PREFIX + "/")
        found = routes.find(incoming.method, path if inside else whole, inside=inside)
        route, params = found or (NOWHERE, {})
        with self._world.lock:
            call = Call(
                method=incoming.method,
                path=path if inside else whole,
                query_string=query,
                headers=incoming.headers,
                body=incoming.body,
                route=route,
                params=params,
                request_id=self._world.ids.request(),
                base_url=self._world.base_url,
            )
            entry = self._log.add(_entry(call))
            fault = self._faults.pick(entry)
            entry.fault = fault.name() if fault else None
        return call, entry, fault

    def _answer(self, call: Call, incoming: Incoming, fault: Fault | None) -> Answer:
        with self._world.lock:
            try:
                if fault is not None and fault.replaces_answer:
                    return fault.answer(call)
                return self._carry_out(call, incoming)
            except Refusal as refusal:
                return refusal.answer
            except RecursionError:  # JSON too deep for the checks, if not for reading it
                return envelopes.refuse(call, 400, "invalid_json").answer
            except Exception:  # noqa: BLE001 - ours or a test's reply function: both must be seen
                traceback.print_exc()
                return envelopes.text(500, "Internal Server Error").answer

    def _carry_out(self, call: Call, incoming: Incoming) -> Answer:
        route = call.route
        if route is NOWHERE:
            return _outside(call, incoming)
        self._check_switch(call, before_key=True)
        if route.credential != "none":
            call.key = self._world.keyring.check(call)
        self._check_switch(call, before_key=False)
        if incoming.too_large:
            raise envelopes.refuse(call, 413, "payload_too_large")
        return _with_debug(call, route.room(self._world, call))

    def _check_switch(self, call: Call, *, before_key: bool) -> None:
        """Refuse what is off: some features before the key is looked at, others after."""
        for name in call.route.switches:
            early, maker = _OFF[name]
            if early == before_key and name in self._world.off:
                raise maker(call)


def _with_debug(call: Call, answer: Answer) -> Answer:
    """Add what the gateway tells of its routing when a header asks for it."""
    asked = call.headers.get("x-gateway-debug") or call.headers.get("x-phaseo-debug")
    if asked not in {"1", "true", "yes"} or call.route.shape != "pipeline":
        return answer
    if not isinstance(answer.body, dict):
        return answer
    told = routing.diagnostics(answer.body.get("model"), call.route.name)
    return evolve(answer, body={**answer.body, "routing_diagnostics": told})


def _entry(call: Call) -> Received:
    return Received(
        method=call.method,
        path=call.path,
        operation=None if call.route is NOWHERE else call.route.name,
        headers=masked_headers(call.headers),
        body=call.body[:BODY_KEPT],
        query_string=masked_query(call.query_string),
        call=call if call.route is not NOWHERE and len(call.body) <= BODY_KEPT else None,
    )


def _outside(call: Call, incoming: Incoming) -> Answer:
    if call.path == "/" and incoming.target == "/":
        return Answer(body=GREETING)
    raise envelopes.text(404, "Not Found")


def _no_videos(call: Call) -> Refusal:
    reason = "video_api_temporarily_disabled"
    return envelopes.direct(
        call, 501, "not_implemented_yet", reason, ids=False, message=OFF_MESSAGE
    )


def _no_video_access(call: Call) -> Refusal:
    return envelopes.direct(
        call,
        501,
        "not_implemented_yet",
        "video_api_feature_disabled",
        ids=False,
        message=OFF_MESSAGE,
        feature_gate="gateway_video_api",
    )


def _no_batches(call: Call) -> Refusal:
    return envelopes.direct(
        call,
        403,
        "forbidden",
        "batch_api_feature_flag_disabled",
        origin="gateway",
        message=OFF_MESSAGE,
        feature_gate="gateway_batch_api",
    )


_OFF = {
    "videos": (True, _no_videos),
    "music": (True, lambda _call: envelopes.switched_off("music")),
    "video_access": (False, _no_video_access),
    "batches": (False, _no_batches),
    "seed_paths": (True, lambda _call: envelopes.text(404, "Not Found")),
}
