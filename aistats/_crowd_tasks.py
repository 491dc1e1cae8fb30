"""Waiting for a crowd on the async client: one task keeps the naps, one more per look under way."""

from __future__ import annotations

import math
import weakref
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from aistats._flow import Tell, aadvance
from aistats._job import Job

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from aistats._crowd import Crowd, Place
    from aistats._flow import AsyncWorld
    from aistats._waiting import OnUpdate

J = TypeVar("J", bound=Job[Any])

LOOKS = 1000
"""Looks under way at once: 10,000 jobs with a hint of 20 s and looks of 2 s have so many."""

GRAIN = 0.05
"""Seconds. Looks that are due within so short a time of each other begin together, the first ones
that much late: thousands of jobs need no wake-up each, which costs half as much as a look, and
looks in a row find the processor's caches warm."""


class AsyncCrowd(Generic[J]):
    """The jobs of `as_completed` on an async client, in the order in which they end.

    Leaving the loop early stops the waiting once this object is garbage; `async with` or `aclose`
    stop it at once, and return when nothing is left of it. The jobs themselves go on.
    """

    def __init__(self, crowd: Crowd, observers: list[OnUpdate]) -> None:
        self._looks = _Looks(crowd, observers)
        self._left = crowd.unfinished
        self._asking = 0

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> J:
        return (await self._next())[1]

    async def _next(self) -> tuple[int, J]:
        if not self._left:
            if not self._asking:  # another task may still wait for the last job
                await self.aclose()
            raise StopAsyncIteration
        self._left -= 1  # before awaiting: several tasks may share the loop's work
        self._asking += 1
        if not self._looks.started:
            self._looks.start()
            weakref.finalize(self, self._looks.cancel_from_anywhere).atexit = False
        try:
            index, news = await self._looks.next_news()
            if isinstance(news, BaseException):  # of the caller's own callback, or a bug
                raise news
        except BaseException:
            await self.aclose()
            raise
        finally:
            self._asking -= 1
        return index, news

    async def in_order(self) -> list[J]:
        """Give all jobs in the order in which they were passed."""
        async with self:
            found = dict([await self._next() for _ in range(self._left)])
        return [found[index] for index in range(len(found))]

    async def aclose(self) -> None:
        """Stop waiting, and return when nothing is left of it."""
        self._left = 0
        await self._looks.stop()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.aclose()


class _Looks:
    """What the tasks of a crowd share; it does not know the iterator, which may become garbage."""

    def __init__(self, crowd: Crowd, observers: list[OnUpdate]) -> None:
        self._crowd = crowd
        self._world = cast("AsyncWorld", crowd.engine.world)
        self._observers = observers
        self._ended: deque[tuple[int, Any]] = deque()
        self._looking = 0
        self._wake_at = 0.0  # when, on the engine's clock, `_host` looks for due jobs again
        self._cancel_soon: Callable[[], object]
        self.started = False

    def start(self) -> None:
        """Start the task that keeps the naps; it hosts all others."""
        import anyio
        import sniffio

        self.started = True
        self._scope = anyio.CancelScope()
        self._bell = anyio.Event()  # rung when `_host` must not sleep as long as it meant to
        self._news = anyio.Event()
        self._over = anyio.Event()
        if sniffio.current_async_library() == "trio":
            import trio

            token = trio.lowlevel.current_trio_token()
            self._cancel_soon = lambda: token.run_sync_soon(self._scope.cancel)
            trio.lowlevel.spawn_system_task(self._host)
        else:
            import asyncio

            loop = asyncio.get_running_loop()
            self._cancel_soon = lambda: loop.call_soon_threadsafe(self._scope.cancel)
            self._task = loop.create_task(self._host())

    async def _host(self) -> None:
        import anyio

        try:
            with self._scope:
                async with anyio.create_task_group() as group:
                    while self._crowd.unfinished:
                        self._bell = anyio.Event()
                        while self._looking < LOOKS and (place := self._crowd.take_due()):
                            self._looking += 1
                            group.start_soon(self._look, place)
                        with anyio.move_on_after(self._nap()):
                            await self._bell.wait()
        finally:
            self._crowd.close()
            self._over.set()
            self._news.set()  # whoever still waits for a job learns that none will come

    def _nap(self) -> float:
        """Give the seconds until there may be something to do, if no bell rings before."""
        self._wake_at = math.inf if self._looking >= LOOKS else self._crowd.next_due
        return max(self._wake_at - self._crowd.engine.clock(), GRAIN)

    async def _look(self, place: Place) -> None:
        try:
            outcome = await aadvance(place.flow, self._world)
            now = self._crowd.engine.clock()
            job = place.take_update()
            for observer in self._observers if job is not None else ():
                await Tell(observer, (job,)).arun(self._world)
            ended = self._crowd.settle(place, outcome, now)
        except (Exception, KeyboardInterrupt, SystemExit) as error:  # noqa: BLE001
            # It belongs to the task that waits: out of here, trio would call it a bug of its own.
            self._tell(place.index, error)
        else:
            if ended is not None:
                self._tell(place.index, ended)
        finally:
            self._looking -= 1
            if not self._crowd.unfinished or self._crowd.next_due < self._wake_at:
                self._bell.set()

    def _tell(self, index: int, news: Any) -> None:
        self._ended.append((index, news))
        self._news.set()

    async def next_news(self) -> tuple[int, Any]:
        """Give the next job that ended, or what kept it from being waited for."""
        import anyio

        while not self._ended:
            if self._over.is_set():
                raise StopAsyncIteration
            if self._news.is_set():
                self._news = anyio.Event()
            await self._news.wait()
        return self._ended.popleft()

    async def stop(self) -> None:
        """Cancel the tasks and wait until they are gone."""
        import anyio

        if self.started:
            self._scope.cancel()
            with anyio.CancelScope(shield=True):
                await self._over.wait()

    def cancel_from_anywhere(self) -> None:
        """Stop the tasks from a finalizer, which may run in any thread."""
        with suppress(RuntimeError):  # the loop has ended, and the tasks with it
            self._cancel_soon()
