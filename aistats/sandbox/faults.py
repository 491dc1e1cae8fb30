"""Faults a test injects: wrong answers, slow ones, and connections that break."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from attrs import define, field

from aistats.sandbox import envelopes
from aistats.sandbox.calls import Answer, Call, Refusal
from aistats.sandbox.envelopes import NO_STORE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aistats.sandbox.log import Received

Drop = Literal["before", "answer", "after"]
FaultShape = Literal["route", "pipeline", "direct", "control", "nested", "openai", "text", "html"]
HTML = "text/html; charset=UTF-8"


class FaultOptions(TypedDict, total=False):
    """The words of `Fault`, each of which may be left out."""

    skip: int
    probability: float
    status: int | None
    code: str | None
    reason: str | None
    message: str | None
    shape: FaultShape
    body: Any
    headers: Mapping[str, str]
    content_type: str | None
    retry_after: float | str | None
    upstream_status: int | Sequence[int] | None
    provider: str
    delay: float
    slow: float
    drop: Drop | None
    cut: int | None
    clean: bool | None


@define(kw_only=True)
class Fault:
    """One way to misbehave, and for which requests. Made by `Sandbox.fail`.

    Which requests: the `next` ones to `on`, after `skip` others, each with `probability`.
    An answer: `status`, with `code`, `reason` and `message` in the `shape` of the route or another;
    for 502 the `upstream_status` of the `provider`, one or several; or a `body` of your own; with
    `headers`, `content_type`, `retry_after`. Without status and body the true answer is sent, but
    after `delay` seconds, with `slow` seconds between its pieces, ended by `cut` after so many
    bytes or events (`clean`: with an orderly end, as streams have it), or not at all: `drop` breaks
    the connection "before" the request is carried out, instead of the "answer", or "after" it,
    when the client takes the kept connection for the next request.

    `hits` counts how often it struck; `cancel()` ends it.
    """

    on: tuple[str, ...] = ()
    next: int | None = 1
    skip: int = 0
    probability: float = 1.0
    status: int | None = None
    code: str | None = None
    reason: str | None = None
    message: str | None = None
    shape: FaultShape = "route"
    body: Any = None
    headers: Mapping[str, str] = field(factory=dict[str, str])
    content_type: str | None = None
    retry_after: float | str | None = None
    upstream_status: int | Sequence[int] | None = None
    provider: str = "openai"
    delay: float = 0.0
    slow: float = 0.0
    drop: Drop | None = None
    cut: int | None = None
    clean: bool | None = None
    hits: int = 0
    chance: random.Random = field(factory=random.Random, repr=False)

    def cancel(self) -> None:
        """Strike no more."""
        self.next = 0

    @property
    def spent(self) -> bool:
        """Tell whether it has struck as often as it was to."""
        return self.next == 0

    @property
    def replaces_answer(self) -> bool:
        """Tell whether the request is answered by this fault and not carried out."""
        return self.status is not None or self.body is not None

    def strikes(self, request: Received) -> bool:
        """Decide about one request, and count it when it is hit."""
        if self.spent or (self.on and not any(request.matches(what) for what in self.on)):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.probability < 1.0 and self.chance.random() >= self.probability:
            return False
        self.hits += 1
        if self.next is not None:
            self.next -= 1
        return True

    def name(self) -> str:
        """Say in a word or two what it does, for the log."""
        told = [f"status {self.status}"] if self.status is not None else []
        told += [f"drop {self.drop}"] if self.drop else []
        told += [
            word for word in ("cut", "delay", "slow") if getattr(self, word) not in {None, 0.0}
        ]
        return ", ".join(told) or "body"

    def answer(self, call: Call) -> Answer:
        """Return the wrong answer itself."""
        status = self.status or 200
        refusal = _raw(self, status) if self.body is not None else _shaped(self, call, status)
        answer = refusal.answer
        headers = {**answer.headers, **self.headers}
        if self.retry_after is not None:
            headers["Retry-After"] = f"{self.retry_after}"
        content_type = self.content_type or answer.content_type
        return Answer(body=answer.body, status=status, headers=headers, content_type=content_type)


def _raw(fault: Fault, status: int) -> Refusal:
    body = fault.body.encode() if isinstance(fault.body, str) else fault.body
    return Refusal(Answer(body=body, status=status))


def _shaped(fault: Fault, call: Call, status: int) -> Refusal:
    shape = fault.shape
    if shape == "route":
        shape = _shape_of(call, status)
    if status == 502 and shape in {"pipeline", "direct"} and fault.code is None:
        return _upstream(fault, call, shape)
    maker = _MAKERS[shape]
    return maker(fault, call, status, fault.code or envelopes.CODES.get(status, "sandbox_fault"))


def _shape_of(call: Call, status: int) -> FaultShape:
    """Return the shape the gateway has for a status; what it never says itself is a CDN's."""
    if status in envelopes.CODES:
        return "pipeline" if call.route.shape == "pipeline" else "direct"
    return "html" if status >= 503 else "direct"


def _upstream(fault: Fault, call: Call, shape: str) -> Refusal:
    given = fault.upstream_status
    statuses = () if given is None else (given,) if isinstance(given, int) else tuple(given)
    if shape == "pipeline":
        return envelopes.upstream(
            call,
            provider=fault.provider,
            statuses=statuses,
            message=fault.message,
            model=_model_of(call),
        )
    reason = fault.reason or "video_provider_upstream_error"
    status = statuses[-1] if statuses else 500
    return envelopes.upstream_direct(call, reason, provider=fault.provider, status=status)


def _model_of(call: Call) -> str | None:
    try:
        body = call.json()
    except ValueError:
        return None
    return body.get("model") if isinstance(body, dict) else None


def _pipeline(fault: Fault, call: Call, status: int, code: str) -> Refusal:
    description = fault.message or fault.reason
    return envelopes.pipeline(call, status, code, description=description)


def _direct(fault: Fault, call: Call, status: int, code: str) -> Refusal:
    extra: dict[str, Any] = {"message": fault.message} if fault.message else {}
    return envelopes.direct(call, status, code, fault.reason, **extra)


def _control(fault: Fault, _call: Call, status: int, code: str) -> Refusal:
    extra = {"message": fault.message} if fault.message else {}
    return envelopes.control(status, {"ok": False, "error": code, **extra})


def _nested(fault: Fault, _call: Call, status: int, code: str) -> Refusal:
    extra = {"reason": fault.reason, "message": fault.message}
    return envelopes.nested(status, NO_STORE, type=code, **{k: v for k, v in extra.items() if v})


def _openai(fault: Fault, _call: Call, status: int, code: str) -> Refusal:
    message = fault.message or "The provider refused."
    return envelopes.nested(status, message=message, type="sandbox", param=None, code=code)


def _text(fault: Fault, _call: Call, status: int, _code: str) -> Refusal:
    return envelopes.text(status, fault.message or "Internal Server Error")


def _html(fault: Fault, _call: Call, status: int, _code: str) -> Refusal:
    title = fault.message or f"{status} error"
    page = f"<!doctype html><html><head><title>{title}</title></head><body>{title}</body></html>"
    return Refusal(Answer(body=page.encode(), status=status, content_type=HTML))


_MAKERS = {
    "pipeline": _pipeline,
    "direct": _direct,
    "control": _control,
    "nested": _nested,
    "openai": _openai,
    "text": _text,
    "html": _html,
}


class Faults:
    """All faults of one sandbox; the first one that wants a request gets it."""

    def __init__(self, seed: int | None) -> None:
        self._seed = seed
        self._faults: list[Fault] = []

    def add(self, fault: Fault, seed: int | None) -> Fault:
        """Put a fault in line."""
        chosen = seed if seed is not None else self._seed
        if chosen is not None:
            fault.chance = random.Random(chosen)
        self._faults.append(fault)
        return fault

    def pick(self, request: Received) -> Fault | None:
        """Return the fault for a request, if there is one."""
        self._faults = [fault for fault in self._faults if not fault.spent]
        return next((fault for fault in self._faults if fault.strikes(request)), None)

    def clear(self) -> None:
        """End all faults."""
        self._faults.clear()
