"""Connections of an async client, kept for the next call, as `_connections` does it for threads."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import anyio
import httpcore
import httpx
import sniffio

from aistats._connections import raise_as_httpx, to_httpcore, to_httpx
from aistats._idle import PROBES, Kept, Stack
from aistats._wire import AsyncWire, Heads

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator

OPENING_AT_ONCE = 256
"""Connections being opened at the same moment to one server. Further calls wait for a turn or for
a connection that becomes free, whichever is first: a burst of 10,000 short calls then needs a few
hundred sockets. The number of open connections has no bound: slow calls never wait for others."""


class AsyncConnections:
    """The connections of one async client on one event loop."""

    def __init__(self) -> None:
        """Open nothing."""
        self._lanes: dict[tuple[str, bytes], _Lane] = {}
        if sniffio.current_async_library() == "trio":
            self._connect = _connect_on_trio
        else:
            from aistats._asyncio_stream import connect  # late: trio has no use for it

            self._connect = connect

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send on a kept connection or a new one, and give the answer with its body unread."""
        origin = (request.url.scheme, request.url.netloc)
        lane = self._lanes.get(origin) or self._lanes.setdefault(origin, _Lane(Stack(request)))
        kept = await lane.take()
        try:
            kept = kept or await self._open(lane, request)
            kept.heads.begin()
            answer = await kept.connection.handle_async_request(to_httpcore(request, lane.stack))
        except BaseException as error:
            await _close_all([kept] if kept else [])
            if isinstance(error, Exception):
                raise_as_httpx(error, request)
            raise
        kept.heads.done()
        return to_httpx(answer, _AsyncBody(answer.stream, kept, lane, request), request)

    async def _open(
        self, lane: _Lane, request: httpx.Request
    ) -> Kept[httpcore.AsyncHTTP11Connection]:
        stack, heads = lane.stack, Heads()
        timeout = request.extensions.get("timeout", {}).get("connect")
        try:
            stream = await self._connect(stack.host, stack.port, stack.tls(), timeout)
        finally:
            lane.opened()
        wire = AsyncWire(stream, heads)
        return Kept(httpcore.AsyncHTTP11Connection(stack.origin, wire), heads)

    async def aclose(self) -> None:
        """Close every idle connection; one in use is closed with its answer."""
        for lane in list(self._lanes.values()):
            await _close_all(list(lane.stack.empty()))


async def _connect_on_trio(
    host: str, port: int, tls: ssl.SSLContext | None, timeout: float | None
) -> httpcore.AsyncNetworkStream:
    backend: Any = httpcore.TrioBackend()  # where trio is missing, it lacks all methods
    stream: httpcore.AsyncNetworkStream = await backend.connect_tcp(
        host, port, timeout, socket_options=PROBES
    )
    if tls is None:
        return stream
    try:
        return await stream.start_tls(tls, host, timeout)
    except BaseException:  # httpcore closes it after an error, not when cancelled
        with anyio.CancelScope(shield=True):
            await stream.aclose()
        raise


class _Lane:
    """One server on one loop: its idle connections, and the calls that wait for one."""

    def __init__(self, stack: Stack[httpcore.AsyncHTTP11Connection]) -> None:
        self.stack = stack
        self._opening = 0
        self._waiting: deque[anyio.Event] = deque()

    async def take(self) -> Kept[httpcore.AsyncHTTP11Connection] | None:
        """Give a kept connection, or None: then the caller opens one, which calls `opened`."""
        while (kept := await self._warm()) is None and self._opening >= OPENING_AT_ONCE:
            await self._turn()
        if kept is None:
            self._opening += 1
        elif self._opening < OPENING_AT_ONCE:
            self.wake_one()  # this call was woken to open one, and needs not
        return kept

    def opened(self) -> None:
        """Tell that a connection is open, or could not be opened."""
        self._opening -= 1
        self.wake_one()

    def wake_one(self) -> None:
        """Let the call that has waited longest look again."""
        if self._waiting:
            self._waiting.popleft().set()

    async def _turn(self) -> None:
        turn = anyio.Event()
        self._waiting.append(turn)
        try:
            await turn.wait()
        except BaseException:
            if turn.is_set():
                self.wake_one()  # cancelled when its turn had come: that is the next one's
            else:
                self._waiting.remove(turn)
            raise

    async def _warm(self) -> Kept[httpcore.AsyncHTTP11Connection] | None:
        unusable: list[Kept[httpcore.AsyncHTTP11Connection]] = []
        kept = self.stack.take(unusable)
        await _close_all(unusable)
        return kept


async def _close_all(unwanted: list[Kept[httpcore.AsyncHTTP11Connection]]) -> None:
    """Close every one of them, whatever happens to the task; on asyncio nothing is awaited."""
    if unwanted:
        with anyio.CancelScope(shield=True):
            for kept in unwanted:
                await kept.connection.aclose()


class _AsyncBody(httpx.AsyncByteStream):
    """The same for async answers.

    Its own iterator: an async generator that is not read to its end would outlive the answer.
    """

    def __init__(
        self,
        stream: Any,
        kept: Kept[httpcore.AsyncHTTP11Connection],
        lane: _Lane,
        request: httpx.Request,
    ) -> None:
        self._stream, self._kept, self._lane, self._request = stream, kept, lane, request
        self._parts: Any = None
        self._open = True

    def __aiter__(self) -> AsyncIterator[bytes]:
        self._parts = aiter(self._stream)
        return self

    async def __anext__(self) -> bytes:
        try:
            part: bytes = await anext(self._parts)
        except StopAsyncIteration:
            raise
        except Exception as error:  # noqa: BLE001 - raised again as httpx's
            raise_as_httpx(error, self._request)
        return part

    async def aclose(self) -> None:
        if not self._open:
            return
        self._open = False
        try:
            await self._stream.aclose()
        except BaseException:
            await _close_all([self._kept])
            raise
        if self._lane.stack.keep(self._kept):
            self._lane.wake_one()
        else:
            await _close_all([self._kept])
            await self._end_generators()

    async def _end_generators(self) -> None:
        """End httpcore's generators: a read from the closed connection fails at their bottom.

        Closing the outer one would leave the inner ones to the garbage collector.
        """
        if self._parts is not None:
            with anyio.CancelScope(shield=True), suppress(Exception):
                async for _ in self._parts:
                    pass
