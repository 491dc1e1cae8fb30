"""The waiter: one flow that looks at a job at the gateway's pace until it has ended."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve

from aistats._flow import Flow, Sleep, Tell
from aistats._pace import Poll
from aistats._parameters import Request, path_segment
from aistats._retry import Retry
from aistats._snapshot import failure_of, is_number
from aistats.errors import (
    AIStatsError,
    APIError,
    ConfigurationError,
    ConnectionFailedError,
    JobError,
    JobFailedError,
    JobTimeoutError,
    ResponseDecodeError,
)

if TYPE_CHECKING:
    from aistats.jobs import Job

J = TypeVar("J", bound="Job[Any]")
OnUpdate = Callable[[Any], Any]

# A look makes the gateway ask its provider, which takes seconds (wire-facts §3.4), not minutes:
# a look that hangs must not eat the deadline.
_LOOK_SECONDS = 60.0
_LAST_LOOK_SECONDS = 10.0
_ONCE = Retry(attempts=1)  # the waiter itself repeats looks, at its own pace
_TRANSIENT_STATUSES = frozenset({408, 409, 425, 429})
_SWITCHED_OFF = 501  # the whole feature, for weeks at a time (wire-facts §3.1)


def look(job: J, *, retry: Retry | None, deadline: float | None = None) -> Flow[J]:
    """Ask the gateway about the job once; give the new snapshot."""
    # No query: the gateway would take it for a part of the id (wire-facts §5.4).
    path = f"{job.kind.path}/{path_segment('id', job.id)}"
    raw = yield from job.engine.fetch(Request("GET", path, retry=retry), deadline=deadline)
    return evolve(job, raw=raw, wait_error=None)


def wait_flow(
    job: J,
    *,
    timeout: float,
    poll: Poll,
    observers: Sequence[OnUpdate] = (),
    deadline: float | None = None,
    head_start: float = 0.0,
) -> Flow[J]:
    """Look at the job at the gateway's pace until it ends; give the first terminal snapshot.

    `timeout` is in seconds, possibly infinite, and counts from now unless `deadline` is given, on
    the engine's clock. The first look is `head_start` seconds later than it would be.
    """
    engine = job.engine
    deadline = engine.clock() + timeout if deadline is None else deadline
    misses = _Misses()
    while not job.is_terminal:
        nap = head_start + poll.nap(
            job.raw.get("poll_after_seconds"),
            job.kind.default_poll,
            failures=misses.in_a_row,
            retry_after=misses.retry_after,
            uniform=engine.uniform,
        )
        head_start = 0.0
        left = deadline - engine.clock()
        if (seconds := min(nap, left)) > 0:
            yield Sleep(seconds)
        is_last = nap >= left
        try:
            job = yield from _look_or_list(job, misses, poll, deadline)
        except AIStatsError as error:
            if not is_transient(error) or (misses.add(error) >= poll.patience and not is_last):
                error.add_note(_note(job))
                raise
        else:
            # A look that ended behind the deadline was the last one, unless it told nothing.
            is_last = is_last or engine.clock() >= deadline
            for observer in observers:
                yield Tell(observer, (job,))
        if is_last and not job.is_terminal:
            raise _timed_out(job, timeout) from misses.last
    return job


def _timed_out(job: Job[Any], timeout: float) -> JobTimeoutError:
    return JobTimeoutError(
        f"{job!r} has not ended after {timeout:g} s; it goes on, and can be waited for again",
        job=job,
    )


class _Misses:
    """The looks that failed in a row."""

    __slots__ = ("in_a_row", "last", "of_the_job", "retry_after")

    def __init__(self) -> None:
        self.in_a_row = 0
        self.retry_after: float | None = None
        self.last: AIStatsError | None = None
        self.of_the_job = 0  # like `in_a_row`, but finding the job in the list does not end it

    def add(self, error: AIStatsError) -> int:
        self.in_a_row += 1
        self.last = error
        self.retry_after = error.retry_after if isinstance(error, APIError) else None
        return self.in_a_row

    def clear(self) -> None:
        self.in_a_row = 0
        self.last = self.retry_after = None


def _look_or_list(job: J, misses: _Misses, poll: Poll, deadline: float) -> Flow[J]:
    """Look at the job; once that has failed `patience` times, look for it in the list as well."""
    try:
        found = yield from look(job, retry=_ONCE, deadline=_end_of_look(job, deadline))
    except AIStatsError as error:
        misses.of_the_job += 1
        if not is_transient(error) or misses.of_the_job < poll.patience:
            raise
        listed = yield from _find_in_list(job, deadline)
        if listed is None:
            raise
        found = listed
    else:
        misses.of_the_job = 0
    misses.clear()
    return found


def _end_of_look(job: Job[Any], deadline: float) -> float:
    """Give when, on the engine's clock, a look that begins now must be over."""
    now = job.engine.clock()
    return now + min(max(deadline - now, _LAST_LOOK_SECONDS), _LOOK_SECONDS)


def _find_in_list(job: J, deadline: float) -> Flow[J | None]:
    """Read the job's stored state from the list; None where that does not help either."""
    if job.kind.list_path is None:
        return None
    end = _end_of_look(job, deadline)
    # The last resort is tried again like any call, unless that could take it past the deadline.
    retry = job.engine.options.retry if end <= deadline else _ONCE
    # Without a limit the gateway gives an empty page (wire-facts §3.10).
    request = Request("GET", job.kind.list_path, [("limit", "100")], retry=retry)
    try:
        page = yield from job.engine.fetch(request, deadline=end)
    except AIStatsError:
        return None
    items = page.get("data")
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and item.get("id") == job.id:
            return evolve(job, raw=item, wait_error=None)
    return None


def is_transient(error: AIStatsError) -> bool:
    """Say whether a failed look tells nothing about the job (wire-facts §3.4)."""
    if isinstance(error, APIError):
        status = error.status_code
        return status in _TRANSIENT_STATUSES or (status >= 500 and status != _SWITCHED_OFF)
    return isinstance(error, ConnectionFailedError | ResponseDecodeError)


def _note(job: Job[Any]) -> str:
    return f"the job {job.id} itself may go on: keep its id, a handle of it can be waited for again"


def failed(job: Job[Any]) -> JobFailedError:
    """Build the error of a job that ended badly."""
    failure = failure_of(job.raw)
    status = job.outcome or job.status
    why = f": {failure.reason}" if failure.reason else ""
    request_id = f" (request id {job.request_id})" if job.request_id else ""
    return JobFailedError(
        f"{job.kind.name} job {job.id} {status}{why}{request_id}",
        job=job,
        status=status,
        code=failure.code,
        reason=failure.reason,
        provider=failure.provider,
        request_id=job.request_id,
    )


def without_output(job: Job[Any], error: APIError | None = None) -> JobFailedError:
    """Build the error of a job that completed but has nothing to fetch (wire-facts §3.5)."""
    return JobFailedError(
        f"{job.kind.name} job {job.id} is {job.status} but has no output to fetch: the provider "
        "gave none, usually because a safety filter removed it",
        job=job,
        status=job.outcome or job.status,
        code=error.code if error else None,
        reason=(error.reason if error else None) or "no output",
        provider=failure_of(job.raw).provider,
        request_id=(error.request_id if error else None) or job.request_id,
    )


def without_result(job: Job[Any], error: APIError | None = None) -> JobError:
    """Build the error of a job that has nothing to fetch: not yet, or never."""
    if not job.is_terminal:
        return JobError(f"{job!r} has no output yet: wait for it first", job=job)
    return without_output(job, error) if job.succeeded else failed(job)


def check_deadline(timeout: float | None) -> float:
    """Read `timeout` of a wait: seconds >= 0, None for ever."""
    if timeout is None or timeout == math.inf:
        return math.inf
    if not is_number(timeout) or timeout < 0:
        raise ConfigurationError(f"timeout={timeout!r}: pass seconds >= 0, or None for ever")
    return float(timeout)


def check_poll(poll: Poll | None) -> Poll:
    """Accept a `Poll` or None; a bare number would be ambiguous."""
    if poll is None:
        return Poll()
    if not isinstance(poll, Poll):
        raise ConfigurationError(f"poll={poll!r}: pass aistats.Poll(...), e.g. Poll(default=5)")
    return poll


def check_callback(on_update: OnUpdate | None) -> list[OnUpdate]:
    """Accept a callable or None; give the list of those to call after each look."""
    if on_update is None:
        return []
    if not callable(on_update):
        raise ConfigurationError(f"on_update={on_update!r}: pass a function that takes the job")
    return [on_update]
