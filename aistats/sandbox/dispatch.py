"""From a request off the wire to its answer: route, log, fault, key, switch, room."""

from __future__ import annotations

import threading
import traceback
from typing import TYPE_CHECKING

from attrs import evolve

from aistats.sandbox import routes
from aistats.sandbox.calls import Answer, Call, Incoming, Refusal, Route
from aistats.sandbox.faults import Fault
from aistats.sandbox.log import BODY_KEPT, Received, RequestLog, masked_headers, masked_query
from aistats.sandbox.refusals import NO_STORE, bare, not_found, plain, refuse, routing
from aistats.sandbox.shapes import fill, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aistats.sandbox.faults import Faults
    from aistats.sandbox.state import World

MIB = 1024 * 1024
JSON_LIMIT = 16 * MIB
FORM_LIMIT = 32 * MIB
FILE_LIMIT = 200 * MIB
PREFIX = "/v1"
GREETING = {"message": "This is the AI Stats sandbox. The API is below /v1."}
OFF_MESSAGE = "This is switched off in the sandbox."
EARLY = frozenset({"videos", "music", "seed_paths"})  # refused before the key is looked at
NO_FAULT = Fault()
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

    def handle(self, incoming: Incoming) -> tuple[Answer | None, Fault]:
        """Answer one request, or break on it, and say what is to go wrong while it is sent."""
        call, entry, fault = self._receive(incoming)
        self.closing.wait(fault.delay)
        if fault.drop == "before":
            return None, fault
        answer = self._answer(call, incoming, fault)
        if fault.drop == "answer" or fault.cut is not None:
            self._world.books.untold(call.request_id)
        if fault.drop == "answer":
            return None, fault
        entry.status = answer.status
        return answer, fault

    def _receive(self, incoming: Incoming) -> tuple[Call, Received, Fault]:
        whole, _, query = incoming.target.partition("?")
        inside = whole.startswith(PREFIX + "/")
        path = whole.removeprefix(PREFIX) if inside else whole
        route, params = routes.find(incoming.method, path, inside=inside) or (NOWHERE, {})
        with self._world.lock:
            call = Call(
                method=incoming.method,
                path=path,
                query_string=query,
                headers=incoming.headers,
                body=incoming.body,
                route=route,
                params=params,
                request_id=self._world.ids.request(),
            )
            entry = self._log.add(_entry(call))
            fault = self._faults.pick(entry)
            entry.fault = fault.name() if fault else None
        return call, entry, fault or NO_FAULT

    def _answer(self, call: Call, incoming: Incoming, fault: Fault) -> Answer:
        with self._world.lock:
            try:
                if fault.replaces_answer:
                    return fault.answer(call)
                return self._carry_out(call, incoming)
            except Refusal as refusal:
                return refusal.answer
            except RecursionError:  # JSON too deep for the checks, if not for reading it
                return refuse(call, 400, "invalid_json").answer
            except Exception:  # noqa: BLE001 - ours or a test's reply function: both must be seen
                traceback.print_exc()
                return plain(500, "Internal Server Error").answer

    def _carry_out(self, call: Call, incoming: Incoming) -> Answer:
        route = call.route
        if route is NOWHERE:
            if incoming.target == "/":
                return Answer(body=GREETING)
            raise not_found()
        self._check_switches(call, early=True)
        if route.credential != "none":
            call.key = self._world.keyring.check(call)
        self._check_switches(call, early=False)
        if incoming.too_large:
            raise refuse(call, 413, "payload_too_large")
        return _with_debug(call, route.room(self._world, call))

    def _check_switches(self, call: Call, *, early: bool) -> None:
        """Refuse what is off: some features before the key is looked at, others after."""
        for name in call.route.switches:
            if name in self._world.off and (name in EARLY) == early:
                raise _switched_off(call, name)


def _switched_off(call: Call, name: str) -> Refusal:
    if name == "music":
        return bare(501, fill("errors.music_off"), NO_STORE)
    if name == "seed_paths":
        return not_found()
    status, code, reason, how = table("errors")["off"][name]
    return refuse(call, status, code, reason, message=OFF_MESSAGE, shape="direct", **how)


def _with_debug(call: Call, answer: Answer) -> Answer:
    """Add what the gateway tells of its routing when a header asks for it."""
    asked = call.headers.get("x-gateway-debug") or call.headers.get("x-phaseo-debug")
    wanted = asked in {"1", "true", "yes"} and call.route.shape == "pipeline"
    if not wanted or not isinstance(answer.body, dict):
        return answer
    told = routing(answer.body.get("model"), call.route.name)
    return evolve(answer, body={**answer.body, "routing_diagnostics": told})


def _entry(call: Call) -> Received:
    known = call.route is not NOWHERE
    return Received(
        method=call.method,
        path=call.path,
        operation=call.route.name if known else None,
        headers=masked_headers(call.headers),
        body=call.body[:BODY_KEPT],
        query_string=masked_query(call.query_string),
        call=call if known and len(call.body) <= BODY_KEPT else None,
    )
