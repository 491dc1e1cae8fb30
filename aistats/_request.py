"""Sending one call: its attempts, what they log, and the error for an answer that never came."""

from __future__ import annotations

import json
import logging
import math
import random
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

import httpx
from attrs import field, frozen

from aistats._answer import bare_request
from aistats._error_bodies import from_response, request_id_in
from aistats._flow import Answer, Flow, Send, Sleep
from aistats._retry import Repeat, Retry, repeat_of
from aistats._transport import never_sent
from aistats.errors import (
    AIStatsError,
    APIError,
    ConnectionFailedError,
    RequestTimeoutError,
    ResponseDecodeError,
    one_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

log = logging.getLogger("aistats")


class Content(Protocol):
    """A request body that can be produced again for each attempt."""

    @property
    def repeatable(self) -> bool: ...
    def stream(self) -> Any: ...


@frozen
class Call:
    """One call, ready to be sent as often as its retry policy allows."""

    method: str
    path: str
    # What holds secrets or prompts is not in the repr: error reports show local variables.
    url: httpx.URL = field(repr=False)
    headers: list[tuple[str, str]] = field(repr=False)
    timeout: dict[str, float | None]
    retry: Retry
    limit: int
    error_limit: int
    content: bytes | Content | None = field(default=None, repr=False)
    stream: bool = False
    deadline: float | None = None
    """When, on the clock of `exchange`, the call and the body it leaves open must be over; None
    lets the budget of `retry` decide on the call alone."""

    @property
    def label(self) -> str:
        """What messages and the log call this call."""
        return f"{self.method} {self.path}"

    @property
    def repeat(self) -> Repeat:
        """How freely it may be repeated."""
        return repeat_of(self.method, self.path)

    def request(self, timeout: dict[str, float | None]) -> httpx.Request:
        """Build the request of one attempt."""
        body = self.content
        extensions = {"timeout": timeout}
        if isinstance(body, bytes | None):
            return httpx.Request(
                self.method, self.url, headers=self.headers, content=body, extensions=extensions
            )
        # httpx adds the Host header only where it writes the body itself.
        headers = [("host", self.url.netloc.decode("ascii")), *self.headers]
        return httpx.Request(
            self.method, self.url, headers=headers, stream=body.stream(), extensions=extensions
        )


class Shrinking(dict[str, "float | None"]):
    """Timeouts that never allow more than what is left until `end`.

    The transport asks for a value at the start of each phase (connect, write, each read), so each
    phase gets what is left at that moment.
    """

    def __init__(
        self, timeouts: Mapping[str, float | None], clock: Callable[[], float], end: float
    ) -> None:
        super().__init__(timeouts)
        self._clock = clock
        self.end = end

    def get(self, key: str, default: Any = None) -> Any:
        """Give the timeout of a phase in seconds."""
        value = super().get(key, default)
        if self.end == math.inf:
            return value
        left = max(0.001, self.end - self._clock())  # 0 would mean non-blocking to a socket
        return left if value is None else min(value, left)

    def overdue(self) -> bool:
        """Say whether nothing is left."""
        return self._clock() >= self.end


def exchange(
    call: Call,
    *,
    clock: Callable[[], float] = time.monotonic,
    uniform: Callable[[float, float], float] = random.uniform,
) -> Flow[Any]:
    """Send `call`, repeating it as its policy allows; give the `Answer` of a success.

    With `call.stream`, give the open `httpx.Response` instead. Raises `APIError` or one of its
    subclasses for a status >= 400 and `ConnectionFailedError` where no answer came.
    """
    started = clock()
    opened_at = datetime.now(UTC)
    end = call.deadline
    if end is None:
        end = math.inf if call.retry.budget is None else started + call.retry.budget
    attempt = 0
    while True:
        attempt += 1
        error, answer = yield from _attempt(call, attempt, clock, end, opened_at)
        if error is None:
            return answer
        pause = call.retry.pause(error, repeat=call.repeat, attempt=attempt, uniform=uniform)
        if pause is None or not _repeatable(call) or clock() + pause >= end:
            raise error
        log.warning("%s: %s; trying again in %.2f s", call.label, _brief(error), pause)
        yield Sleep(pause)


def _attempt(
    call: Call, number: int, clock: Callable[[], float], end: float, opened_at: datetime
) -> Flow[tuple[AIStatsError | None, Any]]:
    began = clock()
    timeout = call.timeout if end == math.inf else Shrinking(call.timeout, clock, end)
    request = call.request(timeout)
    overdue = timeout.overdue if isinstance(timeout, Shrinking) else bool
    try:
        answer = yield Send(request, call.limit, call.error_limit, call.stream, overdue)
    except httpx.TransportError as error:
        _log_attempt(call, number, type(error).__name__, clock() - began, None)
        return connection_error(error, call, opened_at), None
    if not isinstance(answer, Answer):
        answer.request = bare_request(call.method, call.url)  # what its errors will name
        _log_attempt(call, number, answer.status_code, clock() - began, None)
        if call.deadline is None and isinstance(timeout, Shrinking):
            timeout.end = math.inf  # whoever iterates over the body takes the time it takes
        return None, answer
    _log_attempt(call, number, answer.status, clock() - began, answer)
    if answer.status >= 400:
        return from_response(answer.status, answer.headers, answer.content), answer
    if call.stream:
        raise ResponseDecodeError(
            f"{call.label}: the answer cannot be read as a stream: {answer.flaw}",
            status_code=answer.status,
            body=answer.content,
            headers=answer.headers,
        )
    return None, answer


def _log_attempt(
    call: Call, number: int, outcome: object, seconds: float, answer: Answer | None
) -> None:
    if log.isEnabledFor(logging.DEBUG):
        request_id = _request_id(answer) if answer else None
        log.debug(
            "%s: attempt %d: %s in %.0f ms, request id %s",
            *(call.label, number, outcome, seconds * 1000, request_id or "-"),
        )


def _request_id(answer: Answer) -> str | None:
    """Find the request id in the body, the only place it is in (wire-facts §10.2, §11.1)."""
    try:
        facts = json.loads(answer.content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(facts, dict):
        return None
    own = facts.get("id")
    found = request_id_in(facts) or (own if isinstance(own, str) and own[:2] == "G-" else None)
    return one_line(found, 80) if found else None


def connection_error(
    error: httpx.TransportError, call: Call, opened_at: datetime
) -> ConnectionFailedError:
    """Map what the transport raised; the original becomes the cause."""
    ran = not never_sent(error)
    timed_out = isinstance(error, httpx.TimeoutException)
    kind = RequestTimeoutError if timed_out else ConnectionFailedError
    what = "no answer in time" if timed_out else "the connection failed"
    detail = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    advice = ""
    window = None
    if ran and call.repeat == "job":
        window = (opened_at, datetime.now(UTC))
        advice = (
            f"; the job may exist and be billed: look for one created between "
            f"{window[0]:%H:%M:%S} and {window[1]:%H:%M:%S} UTC before you create another"
        )
    mapped = kind(
        one_line(f"{call.label} to {call.url.host}: {what} ({detail})") + advice,
        request=bare_request(call.method, call.url),
        may_have_run=ran,
        window=window,
    )
    error.request = bare_request(call.method, call.url)  # it may travel to other processes
    mapped.__cause__ = error
    return mapped


def _repeatable(call: Call) -> bool:
    return isinstance(call.content, bytes | None) or call.content.repeatable


def _brief(error: AIStatsError) -> str:
    if isinstance(error, APIError):
        return one_line(f"{error.status_code} {error.code or ''} {error.request_id or ''}", 120)
    return type(error.__cause__ or error).__name__
