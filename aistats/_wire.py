"""Streams for httpcore's connections that bound the head of an answer in time and size.

httpcore allows each read the whole timeout and takes any number of informational answers, so a
server that drips one byte now and then would keep a call for ever.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpcore

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable

_LONGEST_HEAD = 1024 * 1024  # bytes of status lines and headers, informational answers included


class HeadWatch:
    """Watches one connection while the head of an answer is awaited."""

    def __init__(self) -> None:
        self._waiting = False
        self._end: float | None = None
        self._size = 0
        self._when_open: Callable[[], None] | None = None

    def when_open(self, tell: Callable[[], None]) -> None:
        """Have `tell` called once, when the connection is open or cannot be opened."""
        self._when_open = tell

    def opened(self) -> None:
        """The connection is open, or never will be."""
        tell, self._when_open = self._when_open, None
        if tell:
            tell()

    def begin(self) -> None:
        """A request is about to be sent."""
        self._waiting, self._end, self._size = True, None, 0

    def done(self) -> None:
        """The head is there; the body has no bounds of ours."""
        self._waiting = False

    def timeout(self, timeout: float | None) -> float | None:
        """Give the timeout of one read: the reads of a head share what the first one may take."""
        if not self._waiting or timeout is None:
            return timeout
        now = time.monotonic()
        if self._end is None:
            self._end = now + timeout
        if self._end <= now:
            raise httpcore.ReadTimeout("the head of the answer takes too long")
        return min(timeout, self._end - now)

    def took(self, data: bytes) -> bytes:
        """Count what was read."""
        if self._waiting:
            self._size += len(data)
            if self._size > _LONGEST_HEAD:
                raise httpcore.RemoteProtocolError("the head of the answer does not end")
        return data


class Wire(httpcore.NetworkStream):
    """A stream whose reads a `HeadWatch` bounds."""

    def __init__(self, stream: httpcore.NetworkStream, watch: HeadWatch) -> None:
        self._stream = stream
        self._watch = watch
        self.write = stream.write  # type: ignore[method-assign]  # saves a call per write

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes."""
        return self._watch.took(self._stream.read(max_bytes, self._watch.timeout(timeout)))

    def close(self) -> None:
        """Close the socket."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Wire:
        """Give the encrypted stream over this one."""
        stream = self._stream.start_tls(ssl_context, server_hostname, timeout)
        return Wire(stream, self._watch)

    def get_extra_info(self, info: str) -> Any:
        """Tell about the socket."""
        return self._stream.get_extra_info(info)


class AsyncWire(httpcore.AsyncNetworkStream):
    """The same for async streams."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, watch: HeadWatch) -> None:
        self._stream = stream
        self._watch = watch
        self.write = stream.write  # type: ignore[method-assign]  # saves a call per write

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes."""
        return self._watch.took(await self._stream.read(max_bytes, self._watch.timeout(timeout)))

    async def aclose(self) -> None:
        """Close the socket."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> AsyncWire:
        """Give the encrypted stream over this one."""
        stream = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        return AsyncWire(stream, self._watch)

    def get_extra_info(self, info: str) -> Any:
        """Tell about the socket."""
        return self._stream.get_extra_info(info)


class Network(httpcore.NetworkBackend):
    """Opens the streams of one connection."""

    def __init__(self, watch: HeadWatch) -> None:
        self._watch = watch

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Wire:
        """Open a socket to a host."""
        stream = httpcore.SyncBackend().connect_tcp(
            host, port, timeout, local_address, socket_options
        )
        return Wire(stream, self._watch)


class AsyncNetwork(httpcore.AsyncNetworkBackend):
    """The same on asyncio and trio."""

    def __init__(self, watch: HeadWatch, backend: httpcore.AsyncNetworkBackend) -> None:
        self._watch = watch
        self._backend = backend

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> AsyncWire:
        """Open a socket to a host."""
        stream = await self._backend.connect_tcp(host, port, timeout, local_address, socket_options)
        self._watch.opened()
        return AsyncWire(stream, self._watch)
