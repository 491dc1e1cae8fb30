"""Faults a test injects: wrong answers, slow ones, and connections that break."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from attrs import define, evolve, field

from aistats.sandbox.calls import Answer, Call, Refusal
from aistats.sandbox.refusals import Shape, code_of, refuse, upstream, upstream_direct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aistats.sandbox.log import Received

Drop = Literal["before", "answer", "after"]
FaultShape = Literal["route", Shape]
SPOKEN = {"openai": "The provider refused.", "text": "Internal Server Error"}


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
    def replaces_answer(self) -> bool:
        """Tell whether the request is answered by this fault and not carried out."""
        return self.status is not None or self.body is not None

    def strikes(self, request: Received) -> bool:
        """Decide about one request, and count it when it is hit."""
        if self.next == 0 or (self.on and not any(request.matches(what) for what in self.on)):
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
        refusal = self._refusal(call, status) if self.body is None else None
        body = self.body.encode() if isinstance(self.body, str) else self.body
        answer = refusal.answer if refusal else Answer(body=body)
        headers = {**answer.headers, **self.headers}
        if self.retry_after is not None:
            headers["Retry-After"] = f"{self.retry_after}"
        content_type = self.content_type or answer.content_type
        return evolve(answer, status=status, headers=headers, content_type=content_type)

    def _refusal(self, call: Call, status: int) -> Refusal:
        """Refuse in the shape of the route; what the gateway never says itself is a CDN's page."""
        known = code_of(status)
        shape = call.route.shape if self.shape == "route" else self.shape
        if self.shape == "route" and known is None:
            shape = "html" if status >= 503 else "direct"
        if status == 502 and shape in {"pipeline", "direct"} and self.code is None:
            return self._upstream(call, shape)
        code = self.code or known or "sandbox_fault"
        message = self.message or SPOKEN.get(shape)
        return refuse(call, status, code, self.reason, shape=shape, message=message)

    def _upstream(self, call: Call, shape: str) -> Refusal:
        given = self.upstream_status
        statuses = () if given is None else (given,) if isinstance(given, int) else tuple(given)
        if shape == "pipeline":
            told: dict[str, Any] = {"statuses": statuses, "message": self.message}
            model = (call.json_object() or {}).get("model")
            return upstream(call, provider=self.provider, model=model, **told)
        reason = self.reason or "video_provider_upstream_error"
        status = statuses[-1] if statuses else 500
        return upstream_direct(call, reason, provider=self.provider, status=status)


class Faults(list[Fault]):
    """All faults of one sandbox; the first one that wants a request gets it."""

    def pick(self, request: Received) -> Fault | None:
        """Return the fault for a request, if there is one."""
        self[:] = [fault for fault in self if fault.next != 0]
        return next((fault for fault in self if fault.strikes(request)), None)
