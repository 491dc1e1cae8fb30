"""The namespace `client.jobs`: handles from text, and waiting for many jobs at once.

Each job's wait is one coroutine. Async, each is a task of one task group; blocking, those that nap
stand in a heap and those that are due run in a few threads.
"""

from __future__ import annotations

import functools
import heapq
import itertools
import json
import math
import queue
import weakref
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack, overload

from attrs import evolve

from aistats._core.call import log
from aistats._core.colour import Async, Bound, Items, Mode, Sync, nap_of
from aistats.errors import ConfigurationError, JobTimeoutError
from aistats.jobs.handles import KINDS, BatchJob, Job, MusicJob, VideoJob
from aistats.jobs.waiting import OnUpdate, Wait, waited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import anyio

    from aistats._core.colour import Engine, Flow
    from aistats.jobs.pace import Poll

    Begin = Callable[[], Flow[object]]

J = TypeVar("J", bound=Job[Any])

# Looks under way at once: with a hint of 20 s and looks of 2 s, a tenth of the jobs.
LOOKS_IN_THREADS = 128
LOOKS_IN_TASKS = 1000
# The first looks are spread evenly over the pace, so that thousands of jobs never look together;
# up to this many a second need no spreading, and few jobs are not kept waiting for it.
_FIRST_LOOKS_PER_SECOND = 20.0
_DAY = 86_400.0  # seconds; a wait without limit cannot be interrupted on Windows


class Wishes(TypedDict, total=False):
    """What can be asked of a wait for many jobs."""

    timeout: float | None
    poll: Poll | None
    on_update: OnUpdate | None


class Jobs(Bound[Mode]):
    """Jobs of all kinds: handles from text, and waiting for many of them at once."""

    def __init__(self, engine: Engine[Mode]) -> None:
        self._engine = engine

    @property
    def engine(self) -> Engine[Mode]:
        """The settings and the transport of the client."""
        return self._engine

    def from_json(self, text: str | bytes) -> Job[Mode]:
        """Give the handle that `Job.to_json` wrote, here or in any other process.

        Raises `ConfigurationError` for any other text.
        """
        try:
            facts = json.loads(text)
            kind, job_id, raw = KINDS[facts["kind"]], facts["id"], facts["raw"]
            if not isinstance(job_id, str) or not job_id or not isinstance(raw, dict):
                raise ValueError(job_id)
        except (ValueError, TypeError, KeyError, RecursionError):
            raise ConfigurationError("this text was not written by Job.to_json()") from None
        return kind(id=job_id, raw=raw, engine=self.engine)

    @overload
    def attach(self, job: VideoJob[Any]) -> VideoJob[Mode]: ...
    @overload
    def attach(self, job: MusicJob[Any]) -> MusicJob[Mode]: ...
    @overload
    def attach(self, job: BatchJob[Any]) -> BatchJob[Mode]: ...
    @overload
    def attach(self, job: Job[Any]) -> Job[Mode]: ...
    def attach(self, job: object) -> Any:
        """Give the same snapshot as a handle of this client, after a pickle or a webhook."""
        if not isinstance(job, Job):
            hint = "of an id, client.videos.job(id) makes one"
            raise ConfigurationError(f"{job!r} is not a job handle; {hint}")
        handle: Any = job
        return evolve(handle, engine=self.engine)

    def as_completed(
        self,
        jobs: Iterable[J],
        *,
        timeout: float | None = 1800.0,
        poll: Poll | None = None,
        on_update: OnUpdate | None = None,
    ) -> Items[J, Mode]:
        """Iterate over the jobs in the order in which they end (`async for` on an async client).

        `timeout` is in seconds, for all of them together. Every job comes back, whatever became
        of it: `outcome` tells how it ended, `wait_error` why it was given up before its end.
        `on_update(job)` is called after each look, in the thread or loop that iterates; what it
        raises ends the waiting. On a sync client nothing is looked at while the loop's body runs.
        """
        handles = [self.attach(job) for job in jobs]
        wait = Wait.checked(self.engine, timeout, poll, on_update)
        ended: Any = _InTasks if self.engine.world.is_async else _InThreads
        items: Items[J, Mode] = ended(self.engine, handles, wait)
        return items

    @overload
    def wait_all(self: Jobs[Sync], jobs: Iterable[J], **wishes: Unpack[Wishes]) -> list[J]: ...
    @overload
    def wait_all(
        self: Jobs[Async], jobs: Iterable[J], **wishes: Unpack[Wishes]
    ) -> Flow[list[J]]: ...
    def wait_all(self: Jobs[Any], jobs: Iterable[J], **wishes: Unpack[Wishes]) -> Any:
        """Wait until all jobs have ended and give them in the order in which they were passed.

        Takes what `as_completed` takes; no job's end hides another's.
        """
        return self.engine.world.drive(_all_of(self.as_completed(jobs, **wishes)))


async def _all_of(items: Any) -> list[Any]:
    await items.rest()
    jobs: list[Any] = items.jobs
    return jobs


def _waits(jobs: list[J], wait: Wait) -> list[Begin]:
    """Give a function a job that begins its wait, the first looks spread over the pace."""
    number, rank = sum(not job.is_terminal for job in jobs), itertools.count()
    waits: list[Begin] = []
    for place, job in enumerate(jobs):
        pace = wait.poll.pace(job.raw.get("poll_after_seconds"), job.kind.default_poll)
        rate = max(_FIRST_LOOKS_PER_SECOND, number / pace if pace else math.inf)
        head_start = 0.0 if job.is_terminal else next(rank) / rate
        waits.append(functools.partial(_one, jobs, place, wait, head_start))
    return waits


async def _one(jobs: list[J], place: int, wait: Wait, head_start: float) -> J:
    """Wait for one of many jobs; put its last snapshot into its place and give it."""
    jobs[place] = job = await waited(jobs[place], wait, head_start)
    if job.wait_error is not None and not isinstance(job.wait_error, JobTimeoutError):
        log.warning("%r: gave up waiting: %s", job, job.wait_error)
    return job


def _raise(error: BaseException) -> None:
    try:
        raise error
    finally:
        del error  # its traceback holds this frame, which would hold it


class _InThreads(Items[J, Sync]):
    """Blocking waits: what is to be done in the thread that iterates is put into `_todo`.

    That is no SimpleQueue: its `get` can wait for ever when a short timeout ends just as another
    thread puts (CPython 3.11).
    """

    def __init__(self, engine: Engine[Sync], jobs: list[J], wait: Wait) -> None:
        super().__init__(engine)
        todo: queue.Queue[Callable[[], object]] = queue.Queue()
        self.jobs, self._todo = jobs, todo

        def later(job: object) -> None:
            for observer in wait.observers:
                todo.put(functools.partial(observer, job))

        self._wait = evolve(wait, observers=[later])

    async def _open(self) -> None:
        self._pool = ThreadPoolExecutor(LOOKS_IN_THREADS, "aistats-look")
        self._flows = [begin() for begin in _waits(self.jobs, self._wait)]
        self._due = [(-math.inf, place) for place in range(len(self._flows))]
        self._left, self._looking = len(self._flows), 0

    async def _close(self) -> None:
        self._pool.shutdown(cancel_futures=True)  # waits for the looks under way
        for flow in self._flows:
            flow.close()

    async def _more(self) -> Iterable[J] | None:
        if not self._left:
            return None
        now, due = self.engine.clock(), self._due
        while self._looking < LOOKS_IN_THREADS and due and due[0][0] <= now:
            self._pool.submit(copy_context().run, self._step, heapq.heappop(due)[1])
            self._looking += 1
        is_full = self._looking >= LOOKS_IN_THREADS or not due
        with suppress(queue.Empty):
            self._todo.get(timeout=_DAY if is_full else min(due[0][0] - now, _DAY))()
        return ()

    def _step(self, place: int) -> None:
        flow = self._flows[place]
        try:
            done = functools.partial(self._nap, place, nap_of(flow, flow.send(None)))
        except StopIteration as stop:
            done = functools.partial(self._end, stop.value)
        except BaseException as error:  # noqa: BLE001 - it belongs to the thread that iterates
            done = functools.partial(_raise, error)
        self._todo.put(done)

    def _nap(self, place: int, seconds: float) -> None:
        self._looking -= 1
        heapq.heappush(self._due, (self.engine.clock() + seconds, place))

    def _end(self, job: J) -> None:
        self._looking -= 1
        self._left -= 1
        self._ready.append(job)


class _InTasks(Items[J, Async]):
    """Awaited waits, each a task of a group that lives in a task of the loop's own.

    So a plain `async for` may be left anywhere; the tasks end once this is garbage, which is why
    they do not know it.
    """

    shared = True

    def __init__(self, engine: Engine[Async], jobs: list[J], wait: Wait) -> None:
        super().__init__(engine)
        self.jobs, self._wait = jobs, wait

    async def _open(self) -> None:
        import anyio  # late, as below: a blocking client never needs it

        self._news = news = _News(anyio.Event, anyio.CancelScope())
        wait = evolve(self._wait, gate=anyio.Semaphore(LOOKS_IN_TASKS))
        news.start(functools.partial(_host, _waits(self.jobs, wait), news))
        weakref.finalize(self, news.leave).atexit = False

    async def _close(self) -> None:
        import anyio

        self._news.scope.cancel()
        with anyio.CancelScope(shield=True):
            await self._news.over.wait()

    async def _more(self) -> Iterable[J] | None:
        news = self._news
        while not news:
            if news.over.is_set():
                return None
            await news.bell.wait()
        if isinstance(news[0], BaseException):  # of the caller's callback, or a bug
            _raise(news.popleft())
        return [news.popleft()]


class _News(deque[Any]):
    """Jobs that ended, and errors. `bell` rings at the next, `over` when all tasks are gone."""

    def __init__(self, event: Callable[[], anyio.Event], scope: anyio.CancelScope) -> None:
        self._event, self.bell, self.over, self.scope = event, event(), event(), scope

    def start(self, host: Begin) -> None:
        """Start a task of the loop itself, in no scope of the caller."""
        import sniffio

        if sniffio.current_async_library() == "trio":
            import trio

            self._soon: Callable[..., object] = trio.lowlevel.current_trio_token().run_sync_soon
            trio.lowlevel.spawn_system_task(host, context=copy_context())
            return
        import asyncio

        loop = asyncio.get_running_loop()
        self._soon, self._task = loop.call_soon_threadsafe, loop.create_task(host())

    def leave(self) -> None:
        """Cancel the tasks from any thread."""
        with suppress(RuntimeError):  # the loop has ended, and its tasks with it
            self._soon(self.scope.cancel)

    def ring(self) -> None:
        """Wake who waits."""
        bell, self.bell = self.bell, self._event()
        bell.set()


async def _host(waits: list[Begin], news: _News) -> None:
    import anyio

    async def run(begin: Begin) -> None:
        try:
            news.append(await begin())
        except (Exception, KeyboardInterrupt, SystemExit) as error:  # noqa: BLE001
            news.append(error)  # out of here, trio would call it a bug of its own
        news.ring()

    try:
        with news.scope:
            async with anyio.create_task_group() as group:
                for begin in waits:
                    group.start_soon(run, begin)
    finally:
        news.over.set()
        news.ring()
