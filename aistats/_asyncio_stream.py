"""A connection of asyncio as a stream for httpcore: what its own does over anyio, for less.

anyio makes a cancel scope for every read and write and tells the system before and after each
read whether it wants to hear of the socket, which is a fifth of a small call. asyncio's own streams
(`StreamReader`) are no help: they forget what has arrived when the connection is then reset, and
that may be the answer to a paid request.
"""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections import defaultdict, deque
from typing import TYPE_CHECKING, Any, cast

import anyio
import httpcore

from aistats._idle import PROBES, is_readable

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator, Sequence

    _Address = tuple[int, int, int, str, Any]  # as `getaddrinfo` gives it

_MOST_UNREAD = 256 * 1024  # bytes that may wait for a slow reader before the server is held back
_HEAD_START = 0.25  # seconds before the next address is tried beside the first (RFC 8305 §8)


async def connect(
    host: str, port: int, tls: ssl.SSLContext | None, timeout: float | None
) -> AsyncioStream:
    """Open a connection to the first address of the host that answers."""
    encrypted: dict[str, Any] = {}
    if tls is not None:
        encrypted = {"ssl": tls, "server_hostname": host, "ssl_handshake_timeout": timeout}
    try:
        with anyio.fail_after(timeout):
            open_socket = await _first_to_answer(await _addresses(host, port))
            _, stream = await asyncio.get_running_loop().create_connection(
                AsyncioStream, sock=open_socket, **encrypted
            )
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(f"no connection to {host}:{port} in time") from error
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error
    return stream


async def _addresses(host: str, port: int) -> list[_Address]:
    """Resolve a name; an address needs no thread for it. The kinds of addresses take turns."""
    try:
        known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except socket.gaierror:
        loop = asyncio.get_running_loop()
        known = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return _in_turns(known)


def _in_turns(addresses: Sequence[_Address]) -> list[_Address]:
    ranks: defaultdict[int, Iterator[int]] = defaultdict(itertools.count)
    return sorted(addresses, key=lambda address: next(ranks[address[0]]))


async def _first_to_answer(addresses: list[_Address]) -> socket.socket:
    """Connect to the addresses, each a moment after the one before, until one answers.

    asyncio can do that, too, but loses a connected socket when it is cancelled at that moment.
    """
    connected: list[socket.socket] = []
    failures: list[OSError] = []

    async def attempt(address: _Address, over: anyio.Event) -> None:
        try:
            connected.append(await _connected(address))
        except OSError as error:
            failures.append(error)
        else:
            race.cancel_scope.cancel()
        finally:
            over.set()

    try:
        async with anyio.create_task_group() as race:
            for address in addresses:
                over = anyio.Event()
                race.start_soon(attempt, address, over)
                with anyio.move_on_after(_HEAD_START):
                    await over.wait()
        first = connected.pop() if connected else None
    finally:
        for other in connected:
            other.close()
    if first is None:
        raise OSError("; ".join(map(str, failures)))
    return first


async def _connected(address: _Address) -> socket.socket:
    family, kind, protocol, _, target = address
    candidate = socket.socket(family, kind, protocol)
    try:
        candidate.setblocking(False)
        for option in PROBES:
            candidate.setsockopt(*option)
        await asyncio.get_running_loop().sock_connect(candidate, target)
    except BaseException:
        candidate.close()
        raise
    return candidate


class AsyncioStream(httpcore.AsyncNetworkStream, asyncio.Protocol):
    """One open connection."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport
        self._unread: deque[bytes] = deque()
        self._size = 0
        self._ended = False
        self._error: Exception | None = None
        self._full = False
        self._reader: asyncio.Future[bool] | None = None
        self._writer: asyncio.Future[bool] | None = None

    # What asyncio calls ...

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Keep the bytes for the reader."""
        self._unread.append(data)
        self._size += len(data)
        if self._size > _MOST_UNREAD:
            self._transport.pause_reading()
        _wake(self._reader)

    def eof_received(self) -> None:
        """Note that the server says no more; asyncio then closes the transport."""
        self._ended = True
        _wake(self._reader)

    def connection_lost(self, exc: Exception | None) -> None:
        """Note the end, and let nobody wait for what cannot come."""
        self._ended, self._error = True, self._error or exc
        _wake(self._reader)
        _wake(self._writer)

    def pause_writing(self) -> None:
        """Let the next write wait."""
        self._full = True

    def resume_writing(self) -> None:
        """Let the waiting write go on."""
        self._full = False
        _wake(self._writer)

    # ... and what httpcore calls.

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """Give what has come, waiting for it if need be, or b"" at the end.

        A piece is given whole, as it came: httpcore takes any length, and cutting copies.
        """
        while not self._unread:
            if self._error is not None:
                raise httpcore.ReadError(str(self._error)) from self._error
            if self._ended:
                return b""
            self._reader = self._loop.create_future()
            await self._wait(self._reader, timeout, httpcore.ReadTimeout)
        data = self._unread.popleft()
        was_held_back = self._size > _MOST_UNREAD
        self._size -= len(data)
        if was_held_back and self._size <= _MOST_UNREAD and not self._ended:
            self._transport.resume_reading()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Hand the bytes to the system, and wait while too many are on their way."""
        if not buffer:
            return
        if not self._ended:
            self._transport.write(buffer)
        if self._ended or self._transport.is_closing():
            raise httpcore.WriteError("the server closed the connection")
        while self._full and not self._ended:
            self._writer = self._loop.create_future()
            await self._wait(self._writer, timeout, httpcore.WriteTimeout)

    async def aclose(self) -> None:
        """Drop the connection at once: a TLS farewell would wait for the server's."""
        self._unread.clear()
        self._error = ConnectionAbortedError("closed by this side")
        self._transport.abort()

    def get_extra_info(self, info: str) -> Any:
        """Say whether an idle connection has something to read: then the server closed it."""
        if info != "is_readable":
            return self._transport.get_extra_info(info)
        if self._ended or self._unread or self._transport.is_closing():
            return True
        return is_readable(self._transport.get_extra_info("socket"))

    async def _wait(
        self,
        ready: asyncio.Future[bool],
        timeout: float | None,
        failure: type[httpcore.TimeoutException],
    ) -> None:
        """Wait; a bare timer costs half of what `asyncio.timeout` does."""
        timer = None if timeout is None else self._loop.call_later(timeout, _wake, ready, False)
        try:
            if not await ready:
                raise failure
        finally:
            if timer is not None:
                timer.cancel()


def _wake(waiter: asyncio.Future[bool] | None, in_time: bool = True) -> None:
    if waiter is not None and not waiter.done():
        waiter.set_result(in_time)
