"""What flows may ask of the world, and how each colour does it."""

from __future__ import annotations

import inspect
import time
import zlib
from typing import TYPE_CHECKING, Any, Protocol

import httpx
from attrs import frozen

from aistats._abandon import abandon
from aistats._answer import Answer, Collector, Decoder, async_parts_of, odd_coding, parts_of
from aistats.errors import ResponseDecodeError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_READER = "aistats.reader"
_CHUNK = 1024 * 1024


class Sender(Protocol):
    """Carries requests for the sync driver: gives the open answer, its body not yet read."""

    def send(self, request: httpx.Request) -> httpx.Response: ...


class AsyncSender(Protocol):
    """Carries requests for the async driver."""

    async def send(self, request: httpx.Request) -> httpx.Response: ...


@frozen
class World:
    """What the sync driver may touch."""

    sender: Sender
    sleep: Callable[[float], None] = time.sleep


async def _sleep(seconds: float) -> None:
    import anyio  # late: only async users pay for it

    await anyio.sleep(seconds)


@frozen
class AsyncWorld:
    """What the async driver may touch; `anyio` makes it run on asyncio and trio."""

    sender: AsyncSender
    sleep: Callable[[float], Awaitable[None]] = _sleep


class Effect:
    """One thing that a flow asks of the world, carried out in either colour."""

    __slots__ = ()

    def run(self, world: World) -> Any:
        """Do it, blocking."""
        raise NotImplementedError

    async def arun(self, world: AsyncWorld) -> Any:
        """Do it, awaiting."""
        raise NotImplementedError


@frozen
class Send(Effect):
    """Send `request`; gives an `Answer` of at most `limit` bytes (`error_limit` from status 400).

    With `stream`, a success is given as the open `httpx.Response`, which the flow must return,
    `keep` or close with `Close`; whatever it leaves open is closed by the driver. `overdue` is
    asked at every part of a body and ends it with a timeout.
    """

    request: httpx.Request
    limit: int
    error_limit: int
    stream: bool = False
    overdue: Callable[[], bool] = bool

    def _collector(self, response: httpx.Response) -> Collector:
        limit = self.limit if response.status_code < 400 else self.error_limit
        return Collector(response, limit, self.overdue)

    def _stays_open(self, response: httpx.Response) -> bool:
        return self.stream and response.status_code < 400 and not odd_coding(response)

    def run(self, world: World) -> Answer | httpx.Response:
        """Send it, blocking."""
        response = world.sender.send(self.request)
        if self._stays_open(response):
            return response
        body = self._collector(response)
        try:
            for part in parts_of(response):
                if not body.take(part):
                    break
            body.end()
        except (httpx.TransportError, zlib.error) as error:
            body.note(error)
        finally:
            response.close()
        return body.answer()

    async def arun(self, world: AsyncWorld) -> Answer | httpx.Response:
        """Send it, awaiting."""
        response = await world.sender.send(self.request)
        if self._stays_open(response):
            return response
        body = self._collector(response)
        parts = response.extensions[_READER] = async_parts_of(response)
        try:
            async for part in parts:
                if not body.take(part):
                    break
            body.end()
        except (httpx.TransportError, zlib.error) as error:
            body.note(error)
        finally:
            await aclose(response)
        return body.answer()


async def aclose(response: httpx.Response) -> None:
    """Close an open response and whatever reads from it, read to its end or not."""
    await abandon(response, response.extensions.pop(_READER, None))


@frozen
class Close(Effect):
    """Close an open response."""

    response: httpx.Response

    def run(self, world: World) -> None:
        """Close it, blocking."""
        self.response.close()

    async def arun(self, world: AsyncWorld) -> None:
        """Close it, awaiting."""
        await aclose(self.response)


@frozen
class Sleep(Effect):
    """Wait for `seconds`; the drivers do it themselves, between the steps of a flow."""

    seconds: float


@frozen
class Work(Effect):
    """Call `function`, which may block (disk, fsync): the async driver uses a thread."""

    function: Callable[[], Any]

    def run(self, world: World) -> Any:
        """Call it here."""
        return self.function()

    async def arun(self, world: AsyncWorld) -> Any:
        """Call it in a worker thread; a cancellation is passed on when it has ended.

        What it leaves behind could not be tidied up while it still runs.
        """
        import anyio.to_thread
        import sniffio

        if sniffio.current_async_library() != "asyncio":
            return await anyio.to_thread.run_sync(self.function)
        return await _to_its_end(self.function)


async def _to_its_end(function: Callable[[], Any]) -> Any:
    # anyio shields a thread from its own cancellations, not from those of asyncio.
    import asyncio

    import anyio.to_thread

    working = asyncio.ensure_future(anyio.to_thread.run_sync(function))
    cancelled: asyncio.CancelledError | None = None
    with anyio.CancelScope(shield=True):
        while not working.done():
            try:
                await asyncio.wait([working])
            except asyncio.CancelledError as error:
                cancelled = error
    failed = working.exception()  # asked even when cancelled, or asyncio warns of it
    if cancelled is not None:
        raise cancelled from failed
    return working.result()


@frozen
class Tell(Effect):
    """Call the caller's own `function(*args)`; what an async callback returns is awaited."""

    function: Callable[..., Any]
    args: tuple[Any, ...]

    def run(self, world: World) -> None:
        """Call it."""
        self.function(*self.args)

    async def arun(self, world: AsyncWorld) -> None:
        """Call it and await what it gives, if that can be awaited."""
        result = self.function(*self.args)
        if inspect.isawaitable(result):
            await result


class Chunks(Effect):
    """The next chunk of an open response's body, b"" at its end; yield one object repeatedly."""

    __slots__ = ("_decoder", "_head", "_iterator", "_response")

    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        self._decoder = Decoder(response)
        self._head = b""
        self._iterator: Any = None

    def run(self, world: World) -> bytes:
        """Read one chunk, blocking."""
        if self._iterator is None:
            self._iterator = parts_of(self._response)
        while not (chunk := self._ready()):
            part = next(self._iterator, None)
            if part is None:
                return self._end()
            self._decoder.feed(part)
        return chunk

    async def arun(self, world: AsyncWorld) -> bytes:
        """Read one chunk, awaiting."""
        if self._iterator is None:
            self._iterator = self._response.extensions[_READER] = async_parts_of(self._response)
        while not (chunk := self._ready()):
            part = await anext(self._iterator, None)
            if part is None:
                return self._end()
            self._decoder.feed(part)
        return chunk

    def put_back(self, head: bytes) -> None:
        """Give `head` (again) before what is still unread."""
        self._head = head

    def _ready(self) -> bytes:
        if self._head:
            head, self._head = self._head, b""
            return head
        try:
            return self._decoder.take(_CHUNK)
        except zlib.error as error:
            raise self._undecodable(error) from error

    def _end(self) -> bytes:
        try:
            self._decoder.end()
        except zlib.error as error:
            raise self._undecodable(error) from error
        return b""

    def _undecodable(self, error: zlib.error) -> ResponseDecodeError:
        response = self._response
        return ResponseDecodeError(
            f"the content encoding of the body from {response.url.host} is broken ({error})",
            status_code=response.status_code,
            body=b"",
            headers=response.headers,
        )
