"""One engine for both colours: decisions are coroutines, and a blocking client needs no event loop.

A coroutine of ours awaits only its world: it sends, sleeps, and does blocking work there. The
blocking world suspends for naps alone, and whoever drives the coroutine sleeps them: `drive` in
place, many jobs at once (`jobs.many`) with a heap. The awaiting world uses anyio, which runs on
asyncio and trio.
"""

from __future__ import annotations

import functools
import inspect
import random
import time
import types
from collections import deque
from contextlib import contextmanager, nullcontext
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Concatenate,
    Generic,
    ParamSpec,
    Self,
    TypeVar,
    overload,
)

from attrs import field, frozen

from aistats._core.options import origin_of

if TYPE_CHECKING:
    from collections.abc import (
        AsyncIterator,
        Callable,
        Coroutine,
        Generator,
        Iterable,
        Iterator,
    )
    from contextlib import AbstractContextManager
    from typing import TypeAlias

    from typing_extensions import TypeVar as TypeVarWithDefault

    from aistats._core.options import URL, Options
    from aistats._core.request import Observer
    from aistats._core.retry import Retry
    from aistats._core.transport import AsyncTransport, SyncTransport

P = ParamSpec("P")
T = TypeVar("T")
U = TypeVar("U")
if TYPE_CHECKING:
    Flow: TypeAlias = Coroutine[Any, Any, T]


class Sync:
    """The mode of objects whose methods block: `VideoJob[Sync]`, or just `VideoJob`."""


class Async:
    """The mode of objects whose methods are awaited: an `AsyncAIStats` gives `VideoJob[Async]`."""


if TYPE_CHECKING:
    # The default lets users write `VideoJob` for the sync handle (PEP 696).
    Mode = TypeVarWithDefault("Mode", bound=Sync | Async, default=Sync)
else:
    Mode = TypeVar("Mode")
SyncOwner = TypeVar("SyncOwner", bound="Bound[Sync]")
AsyncOwner = TypeVar("AsyncOwner", bound="Bound[Async]")


class Bound(Generic[Mode]):
    """An object whose coroutines run in one world, that of its engine."""

    __slots__ = ()

    @property
    def engine(self) -> Engine[Mode]:
        """The settings and the transport of the client that this object belongs to."""
        raise NotImplementedError


class method(Generic[P, T]):  # noqa: N801 - a decorator
    """A method written once as a coroutine function: blocking on a sync owner, else a coroutine."""

    def __init__(self, flow: Callable[Concatenate[Any, P], Flow[T]]) -> None:
        self.flow = flow
        functools.update_wrapper(self, flow)  # type: ignore[arg-type]  # help() shows the doc

    @overload
    def __get__(self, owner: Bound[Sync], kind: object = None) -> Callable[P, T]: ...
    @overload
    def __get__(self, owner: Bound[Async], kind: object = None) -> Callable[P, Flow[T]]: ...
    @overload
    def __get__(self, owner: None, kind: object = None) -> Self: ...
    def __get__(self, owner: Any, kind: object = None) -> Any:
        if owner is None:
            return self
        return owner.engine.world.bound(types.MethodType(self.flow, owner))


class own_method(method[P, Any]):  # noqa: N801 - a decorator
    """The same for a method that gives its owner's own type; different to type checkers only."""

    if TYPE_CHECKING:

        @overload
        def __get__(self, owner: SyncOwner, kind: object = None) -> Callable[P, SyncOwner]: ...
        @overload
        def __get__(
            self, owner: AsyncOwner, kind: object = None
        ) -> Callable[P, Flow[AsyncOwner]]: ...
        @overload
        def __get__(self, owner: None, kind: object = None) -> Self: ...
        def __get__(self, owner: Any, kind: object = None) -> Any: ...


class BudgetError(Exception):
    """The time for a call is used up; never leaves `_core`."""


class Nap(float):
    """Seconds that a blocking coroutine wants to sleep: the one thing it is suspended for."""

    __slots__ = ()


@types.coroutine
def _nap(seconds: float) -> Generator[Nap, None, None]:
    yield Nap(seconds)


def nap_of(flow: Flow[Any], wish: object) -> Nap:
    """Check what a blocking coroutine was suspended for."""
    if not isinstance(wish, Nap):
        flow.close()
        raise RuntimeError("a blocking call tried to wait for an event loop")
    return wish


@frozen(eq=False)
class Blocking:
    """The world of the blocking client."""

    transport: SyncTransport
    sleep_for: Callable[[float], None] = time.sleep
    is_async: ClassVar[bool] = False

    def bound(self, flow: Callable[P, Flow[T]]) -> Callable[P, T]:
        """Make a plain function of a coroutine function."""

        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            return self.drive(flow(*args, **kwargs))

        return functools.update_wrapper(call, flow)

    def drive(self, flow: Flow[T]) -> T:
        """Run a coroutine to its end, sleeping its naps."""
        try:
            wish = flow.send(None)
            while True:
                nap = nap_of(flow, wish)
                try:
                    self.sleep_for(nap)
                except BaseException as error:  # noqa: BLE001 - Ctrl-C: the flow tidies up first
                    wish = flow.throw(error)
                else:
                    wish = flow.send(None)
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]  # typeshed does not know its type

    async def sleep(self, seconds: float) -> None:
        """Sleep."""
        await _nap(seconds)

    async def work(self, function: Callable[[], T]) -> T:
        """Call what may block (disk, fsync)."""
        return function()

    def budget(self, seconds: float | None) -> AbstractContextManager[object]:  # noqa: ARG002
        """Nothing interrupts a blocking read: its phases are given what is left instead."""
        return nullcontext()


@frozen(eq=False)
class Awaiting:
    """The world of the async client, on asyncio and trio."""

    transport: AsyncTransport
    sleep_for: Callable[[float], Flow[None]] | None = field(default=None)
    is_async: ClassVar[bool] = True

    def bound(self, flow: Callable[P, Flow[T]]) -> Callable[P, Flow[T]]:
        """Give the coroutine function as it is."""
        return flow

    def drive(self, flow: Flow[T]) -> Flow[T]:
        """Give the coroutine as it is: its caller awaits it."""
        return flow

    async def sleep(self, seconds: float) -> None:
        """Sleep."""
        import anyio  # late here and below: a blocking client never needs it

        await (self.sleep_for or anyio.sleep)(seconds)

    async def work(self, function: Callable[[], T]) -> T:
        """Call what may block in a thread; a cancellation goes on when it has ended.

        What it leaves behind could not be tidied up while it still runs.
        """
        import anyio.to_thread
        import sniffio

        if sniffio.current_async_library() != "asyncio":
            return await anyio.to_thread.run_sync(function)
        return await _to_its_end(function)

    @contextmanager
    def budget(self, seconds: float | None) -> Generator[None]:
        """Cancel what is under way inside after `seconds`, and raise `BudgetError`."""
        if seconds is None:
            yield
            return
        import anyio

        with anyio.move_on_after(seconds) as scope:
            yield
        if scope.cancelled_caught:  # ours, and neither the caller's scope nor a TimeoutError
            raise BudgetError


async def _to_its_end(function: Callable[[], T]) -> T:
    """Call it in a thread of asyncio's.

    anyio shields a thread from its own cancellations, not from `asyncio.Task.cancel`. A future of
    the loop, unlike a task, is not cancelled when `asyncio.run` ends.
    """
    import asyncio
    from contextvars import copy_context

    import anyio
    import anyio.lowlevel

    await anyio.lowlevel.checkpoint_if_cancelled()
    loop, cancelled = asyncio.get_running_loop(), None
    working = loop.run_in_executor(None, copy_context().run, function)
    with anyio.CancelScope(shield=True):
        while not working.done():
            try:
                await asyncio.wait([working])
            except asyncio.CancelledError as error:
                cancelled = error
    try:
        if cancelled is not None:
            working.exception()  # asked for, lest asyncio report it as never retrieved
            raise cancelled
        return working.result()
    finally:
        del working, cancelled  # an error's traceback holds this frame, which would hold it


World = Blocking | Awaiting


@frozen
class Engine(Generic[Mode]):
    """The settings and the world that the objects of one client share.

    `clock` is a monotonic clock in seconds and `uniform` the source of jitter.
    """

    options: Options
    world: World = field(repr=False)
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)
    uniform: Callable[[float, float], float] = field(default=random.uniform, repr=False)
    memory: dict[str, str] = field(factory=dict, repr=False, eq=False)
    """What the client learned about its gateway, such as which path of two answers."""
    observer: Observer | None = field(default=None, repr=False, eq=False)

    def deadline(self, retry: Retry | None = None) -> float | None:
        """Give the time on `clock` when a call that begins now must be over."""
        budget = (retry or self.options.retry).budget
        return None if budget is None else self.clock() + budget

    def is_own(self, url: URL) -> bool:
        """Say whether a URL is of the gateway's own origin: only there may a key go."""
        return origin_of(url) == origin_of(self.options.base_url)


AnyEngine = Engine[Any]


async def tell(callback: Callable[..., object], *args: object) -> None:
    """Call a callback of the caller, which on an async client may be a coroutine function."""
    if inspect.isawaitable(told := callback(*args)):
        await told


class Items(Bound[Mode], Generic[T, Mode]):
    """`for` and `with` on a sync client, `async for` and `async with` on an async one.

    Subclasses write `_more` (the next items, None at the end), `_open` and `_close` once. Inside a
    `with`, a loop that was left can be gone on with. Without one, a sync loop closes when it is
    left; nothing tells an async iterator that it was left.
    """

    shared: ClassVar[bool] = False
    """Whether several tasks may ask for `_more` at once."""

    def __init__(self, engine: Engine[Mode]) -> None:
        self._engine = engine
        self._ready: deque[T] = deque()
        self._opened = self._ended = self._reading = self._in_with = False

    @property
    def engine(self) -> Engine[Mode]:
        """The settings and the transport of the client."""
        return self._engine

    async def _open(self) -> None: ...
    async def _close(self) -> None: ...
    async def _more(self) -> Iterable[T] | None:
        raise NotImplementedError

    async def begin(self) -> Self:
        """Open it, once."""
        if self._opened:
            raise RuntimeError("this was opened before; ask the client for a new one")
        self._opened = True
        try:
            await self._open()
        except BaseException:
            self._ended = True  # `_open` leaves nothing behind when it fails
            raise
        return self

    async def end(self) -> None:
        """Close it; what was fetched can still be read."""
        if self._opened and not self._ended:
            self._ended = True
            await self._close()

    async def fill(self) -> bool:
        """Fetch what is next; False at the end."""
        if self._reading and not self.shared:
            raise RuntimeError("another task or thread is reading from this")
        if not self._opened:
            await self.begin()
        self._reading = True
        try:
            while not (self._ready or self._ended):
                if (items := await self._more()) is None:
                    await self.end()
                else:
                    self._ready.extend(items)
        except BaseException:
            await self.end()
            raise
        finally:
            self._reading = False
        return bool(self._ready)

    async def rest(self) -> list[T]:
        """Read what is left, for other coroutines."""
        rest: list[T] = []
        try:
            while self._ready or await self.fill():
                rest.append(self._ready.popleft())
        finally:
            await self.end()
        return rest

    def _drive(self, *, sync: bool) -> Callable[[Flow[Any]], Any]:
        if self.engine.world.is_async is sync:
            client, word = ("an async", "async ") if sync else ("a sync", "")
            raise TypeError(f"this belongs to {client} client: use `{word}for` and `{word}with`")
        return self.engine.world.drive

    def __iter__(self: Items[U, Sync]) -> Iterator[U]:
        drive = self._drive(sync=True)
        return self._one_by_one(drive)

    def _one_by_one(self, drive: Callable[[Flow[Any]], Any]) -> Iterator[T]:
        ready = self._ready
        try:
            while ready or drive(self.fill()):
                yield ready.popleft()
        finally:
            if not self._in_with:
                drive(self.end())

    def __next__(self) -> T:
        if self._ready or self._drive(sync=True)(self.fill()):
            return self._ready.popleft()
        raise StopIteration

    def __enter__(self: SyncItems) -> SyncItems:  # noqa: PYI019 - `Self` is of both colours
        self._drive(sync=True)(self.begin())
        self._in_with = True
        return self

    def __exit__(self, *exc: object) -> None:
        self._drive(sync=True)(self.end())

    def __aiter__(self: Items[U, Async]) -> AsyncIterator[U]:
        self._drive(sync=False)
        return self

    async def __anext__(self) -> T:
        if self._ready or await self.fill():
            return self._ready.popleft()
        raise StopAsyncIteration

    # pyright holds the default of `Mode` against any other in a bound.
    async def __aenter__(self: AsyncItems) -> AsyncItems:  # noqa: PYI019  # pyright: ignore[reportGeneralTypeIssues]
        self._drive(sync=False)
        self._in_with = True
        return await self.begin()

    async def __aexit__(self, *exc: object) -> None:
        await self.end()


SyncItems = TypeVar("SyncItems", bound=Items[Any, Sync])
AsyncItems = TypeVar("AsyncItems", bound=Items[Any, Async])
