"""The namespace `client.jobs`: handles from text, and waiting for many jobs at once.

Each job's wait is one coroutine. Async, each is a task of one task group; blocking, those that nap
stand in a heap and those that are due run in a few threads.
"""

from __future__ import annotations

import functools
import heapq
import itertools
import json
import logging
import math
import queue
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack, overload

from attrs import evolve

from aistats._core.colour import Async, Bound, Items, Mode, Sync, nap_of
from aistats.errors import ConfigurationError, JobTimeoutError
from aistats.jobs.handles import KINDS, BatchJob, Job, MusicJob, VideoJob
from aistats.jobs.waiting import OnUpdate, Wait, waited

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    import anyio
    from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

    from aistats._core.colour import Engine
    from aistats.jobs.pace import Poll

log = logging.getLogger("aistats")

J = TypeVar("J", bound=Job[Any])

LOOKS_IN_THREADS = 128
"""1,000 jobs with a hint of 20 s and looks of 2 s have 100 looks under way."""
LOOKS_IN_TASKS = 1000
"""10,000 such jobs have as many."""
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

    __slots__ = ("_engine",)

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
    def attach(self, job: Job[Any]) -> Job[Any]:
        """Give the same snapshot as a handle of this client, after a pickle or a webhook."""
        if not isinstance(job, Job):
            raise ConfigurationError(
                f"{job!r} is not a job handle; of an id, client.videos.job(id) makes one"
            )
        return evolve(job, engine=self.engine)

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
        handles: list[Any] = [self.attach(job) for job in jobs]
        wait = Wait.checked(self.engine, timeout, poll, on_update)
        kind: Any = _InTasks if self.engine.world.is_async else _InThreads
        ended: Items[J, Mode] = kind(self.engine, handles, wait)
        return ended

    @overload
    def wait_all(self: Jobs[Sync], jobs: Iterable[J], **wishes: Unpack[Wishes]) -> list[J]: ...
    @overload
    def wait_all(
        self: Jobs[Async], jobs: Iterable[J], **wishes: Unpack[Wishes]
    ) -> Coroutine[Any, Any, list[J]]: ...
    def wait_all(self: Jobs[Any], jobs: Iterable[J], **wishes: Unpack[Wishes]) -> Any:
        """Wait until all jobs have ended and give them in the order in which they were passed.

        As `as_completed`: no job's end hides another's.
        """
        return self.engine.world.drive(_all_of(self.as_completed(jobs, **wishes)))


async def _all_of(ended: Any) -> list[Any]:
    await ended.rest()
    jobs: list[Any] = ended.jobs
    return jobs


def _waits(jobs: list[Any], wait: Wait) -> list[Callable[[], Coroutine[Any, Any, Any]]]:
    """Give a function a job that begins its wait, the first looks spread over the pace."""
    number, rank = sum(not job.is_terminal for job in jobs), itertools.count()
    waits = []
    for place, job in enumerate(jobs):
        pace = wait.poll.pace(job.raw.get("poll_after_seconds"), job.kind.default_poll)
        rate = max(_FIRST_LOOKS_PER_SECOND, number / pace if pace else math.inf)
        head_start = 0.0 if job.is_terminal else next(rank) / rate
        waits.append(functools.partial(_one, jobs, place, wait, head_start))
    return waits


async def _one(jobs: list[Any], place: int, wait: Wait, head_start: float) -> Any:
    """Wait for one of many jobs; put its last snapshot into its place and give it."""
    jobs[place] = job = await waited(jobs[place], wait, head_start)
    if job.wait_error is not None and not isinstance(job.wait_error, JobTimeoutError):
        log.warning("%r: gave up waiting: %s", job, job.wait_error)
    return job


class _InThreads(Items[J, Sync]):
    """Blocking waits: naps in a heap, looks in a few threads, the rest in the thread that iterates.

    What a thread has to tell is a function in `_todo`. That is no SimpleQueue: its `get` can wait
    for ever when a short timeout ends just as another thread puts (CPython 3.11).
    """

    def __init__(self, engine: Engine[Sync], jobs: list[J], wait: Wait) -> None:
        super().__init__(engine)
        self.jobs = jobs
        self._todo = todo = queue.Queue[Callable[[], object]]()
        told = [
            lambda job, tell=tell: todo.put(functools.partial(tell, job)) for tell in wait.observers
        ]
        self._wait = evolve(wait, observers=told)

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
        try:
            do = self._todo.get(timeout=_DAY if is_full else min(due[0][0] - now, _DAY))
        except queue.Empty:
            return ()
        try:
            do()
        finally:
            del do  # an error's traceback holds this frame, which would hold the error
        return ()

    def _step(self, place: int) -> None:
        flow, tell = self._flows[place], self._todo.put
        try:
            nap = nap_of(flow, flow.send(None))
        except StopIteration as stop:
            tell(functools.partial(self._end, stop.value))
        except BaseException as error:  # noqa: BLE001 - it belongs to the thread that iterates
            tell(functools.partial(_raise, error))
        else:
            tell(functools.partial(self._nap, self.engine.clock() + nap, place))

    def _nap(self, until: float, place: int) -> None:
        self._looking -= 1
        heapq.heappush(self._due, (until, place))

    def _end(self, job: J) -> None:
        self._looking -= 1
        self._left -= 1
        self._ready.append(job)


def _raise(error: BaseException) -> None:
    try:
        raise error
    finally:
        del error  # as above


class _InTasks(Items[J, Async]):
    """Awaited waits, each a task. Their group lives in a task of the loop's own.

    So a plain `async for` may be left anywhere; then they end once this is garbage.
    """

    shared = True

    def __init__(self, engine: Engine[Async], jobs: list[J], wait: Wait) -> None:
        super().__init__(engine)
        self.jobs, self._wait = jobs, wait

    async def _open(self) -> None:
        import anyio

        sender, self._news = anyio.create_memory_object_stream[Any](math.inf)
        self._scope, self._over = anyio.CancelScope(), anyio.Event()
        waits = _waits(self.jobs, evolve(self._wait, gate=anyio.Semaphore(LOOKS_IN_TASKS)))
        host = functools.partial(_host, waits, sender, self._scope, self._over)
        self._garbage = weakref.finalize(self, _leave, _spawn(host, self._scope), self._news)
        self._garbage.atexit = False

    async def _close(self) -> None:
        import anyio

        self._garbage.detach()
        self._scope.cancel()
        with anyio.CancelScope(shield=True):
            await self._over.wait()
        self._news.close()

    async def _more(self) -> Iterable[J] | None:
        import anyio

        try:
            news = await self._news.receive()
        except (anyio.EndOfStream, anyio.ClosedResourceError):
            return None
        try:
            if isinstance(news, BaseException):  # of the caller's callback, or a bug
                raise news
            return [news]
        finally:
            del news  # as above


async def _host(
    waits: list[Callable[[], Coroutine[Any, Any, Any]]],
    sender: MemoryObjectSendStream[Any],
    scope: anyio.CancelScope,
    over: anyio.Event,
) -> None:
    import anyio

    async def run(begin: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        try:
            sender.send_nowait(await begin())
        except (Exception, KeyboardInterrupt, SystemExit) as error:  # noqa: BLE001
            # It belongs to the task that iterates: out of here, trio would call it its own bug.
            sender.send_nowait(error)

    try:
        with scope, sender:
            async with anyio.create_task_group() as group:
                for begin in waits:
                    group.start_soon(run, begin)
    finally:
        over.set()


def _spawn(
    host: Callable[[], Coroutine[Any, Any, None]], scope: anyio.CancelScope
) -> Callable[[], object]:
    """Start a task of the loop itself, in no scope of the caller; give what cancels it anywhere."""
    import sniffio

    if sniffio.current_async_library() == "trio":
        import trio

        token = trio.lowlevel.current_trio_token()
        trio.lowlevel.spawn_system_task(host, context=copy_context())
        return lambda: token.run_sync_soon(scope.cancel)
    import asyncio

    loop = asyncio.get_running_loop()
    task = loop.create_task(host())
    return lambda: task.done() or loop.call_soon_threadsafe(scope.cancel)


def _leave(cancel: Callable[[], object], news: MemoryObjectReceiveStream[Any]) -> None:
    with suppress(RuntimeError):  # the loop has ended, and its tasks with it
        cancel()
    news.close()
