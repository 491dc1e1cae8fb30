"""The waiter: one coroutine that looks at a job at the gateway's pace until it has ended.

The facts: docs/gateway.md, "Jobs".
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define, evolve, field, frozen

from aistats._core.call import fetch, log, perform
from aistats._core.checks import is_number
from aistats._core.colour import AnyEngine, tell
from aistats._core.decode import decode_object, raw_response
from aistats._core.request import Request, path_segment
from aistats._core.retry import Retry
from aistats._json import list_of
from aistats.errors import (
    AIStatsError,
    APIError,
    ConfigurationError,
    ConnectionFailedError,
    JobTimeoutError,
    ResponseDecodeError,
)
from aistats.jobs.pace import Poll
from aistats.jobs.snapshot import Snapshot, failure_of

if TYPE_CHECKING:
    from aistats._core.answer import Answer
    from aistats.jobs.snapshot import Kind

J = TypeVar("J", bound=Snapshot[Any])
OnUpdate = Callable[[Any], object]

# A look makes the gateway ask its provider, which takes seconds, not minutes: a look that hangs
# must not eat the deadline.
_LOOK_SECONDS = 60.0
_LAST_LOOK_SECONDS = 10.0
_ONCE = Retry(attempts=1)  # the waiter itself repeats looks, at its own pace
_STRETCH = 5  # times the patience, for a job that can be seen in the list only
_TRANSIENT_STATUSES = frozenset({408, 409, 425, 429})
_LASTING_UPSTREAM = frozenset({401, 404})
_MODERATED = re.compile(
    r"sensitive|moderat|safety|content_(?:policy|filter)|policy_violation|prohibited|inspection"
    r"|1026\Z|1027\Z"  # MiniMax's numbers for the same
)


@frozen(eq=False)
class Wait:
    """What the caller of a wait asked for; `deadline` is on the engine's clock."""

    timeout: float
    deadline: float
    poll: Poll
    observers: list[OnUpdate]
    gate: AbstractAsyncContextManager[object] = field(factory=nullcontext)
    """Bounds how many look at once."""

    @classmethod
    def checked(
        cls,
        engine: AnyEngine,
        timeout: float | None,
        poll: Poll | None,
        on_update: OnUpdate | None,
    ) -> Wait:
        """Check the arguments; a bare number for `poll` would be ambiguous."""
        seconds = math.inf if timeout is None else timeout
        if seconds != math.inf and not (is_number(seconds) and seconds >= 0):
            raise ConfigurationError(f"timeout={timeout!r}: pass seconds >= 0, or None for ever")
        if not isinstance(poll, Poll | None):
            raise ConfigurationError(f"poll={poll!r}: pass aistats.Poll(...), e.g. Poll(default=5)")
        if on_update is not None and not callable(on_update):
            raise ConfigurationError(f"on_update={on_update!r}: pass a function that takes the job")
        observers = [] if on_update is None else [on_update]
        return cls(seconds, engine.clock() + seconds, poll or Poll(), observers)


async def waited(job: J, wait: Wait, head_start: float = 0.0) -> J:
    """Look at a job until it has ended; give its last snapshot.

    Where the waiting ended before the job did, the snapshot's `wait_error` says why. The first
    look is `head_start` seconds later than it would be.
    """
    engine, misses = job.engine, _Misses()
    while not job.is_terminal:
        nap = head_start + wait.poll.nap(
            job.raw.get("poll_after_seconds"),
            job.kind.default_poll,
            failures=misses.count,
            retry_after=getattr(misses.last, "retry_after", None),
            uniform=engine.uniform,
        )
        left, head_start = wait.deadline - engine.clock(), 0.0
        if (seconds := min(nap, left)) > 0:
            await engine.world.sleep(seconds)
        is_last = nap >= left
        try:
            async with wait.gate:
                news = await _seen(job, misses, wait, is_last=is_last)
        except AIStatsError as error:
            error.add_note(f"the job {job.id} may go on: a handle of it can be waited for again")
            return evolve(job, wait_error=error.with_traceback(None))  # which would keep `job`
        if news is not None:
            job = news
            # A look that ended behind the deadline was the last one, unless it told nothing.
            is_last = is_last or engine.clock() >= wait.deadline
            for observer in wait.observers:
                await tell(observer, job)
        if is_last and not job.is_terminal:
            return evolve(job, wait_error=job_timeout_error(job, wait.timeout, misses.last))
    return job


@define
class _Misses:
    """The looks in a row that failed, and what the list says meanwhile."""

    warned: bool = False
    count: int = 0
    last: AIStatsError | None = None
    is_listed: bool = False
    """Whether the list knows the job, as one that has not ended."""


async def _seen(job: J, misses: _Misses, wait: Wait, *, is_last: bool) -> J | None:
    """Look once; None for a failure that is borne, and the error for one that ends the wait."""
    end = _end_of_look(job.engine, wait.deadline)
    try:
        news = await look(job, retry=_ONCE, deadline=end)
    except AIStatsError as error:
        if not is_transient(error):
            raise
        misses.count += 1
        misses.last = error.with_traceback(None)
        if misses.count < wait.poll.patience:
            return None
        listed = await _in_list(job, misses, wait)
        if listed is not None and listed.is_terminal:
            return listed
        stretch = _STRETCH if misses.is_listed else 1
        if is_last or misses.count < wait.poll.patience * stretch:
            return None  # what the list tells of a job that goes on may be stale
        raise
    misses.count, misses.last, misses.is_listed = 0, None, False
    return news


async def look(job: J, *, retry: Retry | None = None, deadline: float | None = None) -> J:
    """Ask the gateway about the job once; give the new snapshot."""
    # No query: the gateway would take it for a part of the id.
    path = f"{job.kind.path}/{path_segment('id', job.id)}"
    request = Request("GET", path, retry=retry, operation=f"{job.kind.namespace}.retrieve")
    return await ask(job, request, deadline=deadline)


async def ask(job: J, request: Request, *, deadline: float | None = None) -> J:
    """Make a call about the job; give the snapshot that its answer holds."""

    def seen(answer: Answer) -> J:
        raw = decode_object(answer)
        origin = raw_response(answer, request.operation, raw)
        return evolve(job, raw=raw, origin=origin, wait_error=None)

    return await perform(job.engine, request, seen, deadline=deadline)


def _end_of_look(engine: AnyEngine, deadline: float) -> float:
    """Give when, on the engine's clock, a look that begins now must be over."""
    now = engine.clock()
    return now + min(max(deadline - now, _LAST_LOOK_SECONDS), _LOOK_SECONDS)


async def _in_list(job: J, misses: _Misses, wait: Wait) -> J | None:
    """Read the job's stored state from the list; None where that does not help either."""
    if not job.kind.is_listed:
        return None
    end = _end_of_look(job.engine, wait.deadline)
    # The last resort is tried again like any call, unless that could take it past the deadline.
    retry = None if end <= wait.deadline else _ONCE
    try:
        items = await newest(job.engine, job.kind, retry=retry, deadline=end)
    except AIStatsError:
        return None  # which does not mean that the list has forgotten the job
    found = [evolve(job, raw=item, wait_error=None) for item in items if item.get("id") == job.id]
    misses.is_listed = bool(found)
    if found and not found[0].is_terminal and not misses.warned:
        misses.warned = True
        log.warning("%r: every look fails (%s), but the list has it: going on", job, misses.last)
    return found[0] if found else None


async def newest(
    engine: AnyEngine, kind: Kind, *, retry: Retry | None = None, deadline: float | None = None
) -> list[dict[str, Any]]:
    """List the stored states of the newest jobs of a kind."""
    # Without a limit the gateway gives an empty page.
    limit, operation = [("limit", "100")], f"{kind.namespace}.list"
    request = Request("GET", kind.path, limit, retry=retry, operation=operation)
    page = await fetch(engine, request, deadline=deadline)
    return [item for item in list_of(page.get("data")) if isinstance(item, dict)]


def is_transient(error: AIStatsError) -> bool:
    """Say whether a failed look tells nothing about the job."""
    if not isinstance(error, APIError):
        return isinstance(error, ConnectionFailedError | ResponseDecodeError)
    status = error.status_code
    if status == 401:
        return error.retryable  # the server's own trouble
    if status == 502:
        return error.upstream_status not in _LASTING_UPSTREAM and not _is_moderated(error.body)
    # 501: the whole feature is switched off, for weeks at a time.
    return status in _TRANSIENT_STATUSES or (status >= 500 and status != 501)


def _is_moderated(body: object) -> bool:
    """Say whether the provider refuses to show what it made."""
    if not isinstance(body, Mapping):
        return False
    words = filter(None, failure_of({**body, "error": None}))
    return any(_MODERATED.search(word.lower()) for word in words if " " not in word)


def job_timeout_error(
    job: Snapshot[Any], timeout: float, last: AIStatsError | None
) -> JobTimeoutError:
    """Build the error of a wait that ended before the job; the last failure becomes its cause."""
    trouble = f"the last look failed ({last}); it may go on" if last else "it goes on"
    error = JobTimeoutError(
        f"{job!r} has not ended after {timeout:g} s: {trouble}, and can be waited for again",
        job=job,
    )
    error.__cause__ = last
    return error
