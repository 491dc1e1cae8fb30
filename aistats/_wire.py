"""Streams for httpcore's connections that know of the heads of requests and answers.

httpcore allows each read the whole timeout and takes any number of informational answers, so a
server that drips one byte now and then would keep a call for ever. And it writes the head of a
request by itself, which costs every small call a second system call and a second packet.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import httpcore

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_HEAD = 1024 * 1024  # bytes of status lines and headers, informational answers included
ENDLESS_HEAD = "the head of the answer does not end"
_SMALL = 64 * 1024  # bytes that are copied rather than written by themselves
_FULL = 64 * 1024  # bytes read at once that say that a body comes in bulk
_BULK = 256 * 1024  # bytes to ask for then, which is faster; 1 MiB would be slower again


class Heads:
    """The heads of the exchange under way on one connection.

    The request's waits for the first bytes of its body, to be sent with them; the answer's is
    bounded in time and size.
    """

    def __init__(self) -> None:
        self._is_next = False
        self._held = b""
        self._awaited = False
        self._end: float | None = None
        self._size = 0
        self._in_bulk = False

    def begin(self) -> None:
        """A request is about to be sent."""
        self._is_next = self._awaited = True
        self._held, self._end, self._size, self._in_bulk = b"", None, 0, False

    def done(self) -> None:
        """The head of the answer is there; its body has no bounds of ours."""
        self._awaited = False

    def to_write(self, data: bytes) -> Sequence[bytes]:
        """Give what to write now: nothing for a head, and with the next bytes that head, too."""
        if self._is_next:
            self._is_next, self._held = False, data
            return ()
        if not (held := self._held):
            return (data,)
        self._held = b""
        return (held + data,) if len(data) <= _SMALL else (held, data)

    def timeout(self, timeout: float | None) -> float | None:
        """Give the timeout of one read: the reads of a head share what the first one may take."""
        if not self._awaited or timeout is None:
            return timeout
        now = time.monotonic()
        if self._end is None:
            self._end = now + timeout
        if self._end <= now:
            raise httpcore.ReadTimeout("the head of the answer takes too long")
        return min(timeout, self._end - now)

    def to_read(self, most: int) -> int:
        """Give how many bytes to ask for: `most`, or more of a body that comes in bulk."""
        return _BULK if self._in_bulk else most

    def took(self, data: bytes) -> bytes:
        """Count what was read."""
        self._in_bulk = len(data) >= _FULL
        if self._awaited:
            self._size += len(data)
            if self._size > LONGEST_HEAD:
                raise httpcore.RemoteProtocolError(ENDLESS_HEAD)
        return data


class Wire(httpcore.NetworkStream):
    """An open stream with its `Heads`."""

    def __init__(self, stream: httpcore.NetworkStream, heads: Heads) -> None:
        self._stream = stream
        self._heads = heads
        self.close = stream.close  # type: ignore[method-assign]  # saves a call
        self.get_extra_info = stream.get_extra_info  # type: ignore[method-assign]

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes."""
        heads = self._heads
        return heads.took(self._stream.read(heads.to_read(max_bytes), heads.timeout(timeout)))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write the bytes, or hold them back until the next ones."""
        for part in self._heads.to_write(buffer):
            self._stream.write(part, timeout)


class AsyncWire(httpcore.AsyncNetworkStream):
    """The same for async streams."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, heads: Heads) -> None:
        self._stream = stream
        self._heads = heads
        self.aclose = stream.aclose  # type: ignore[method-assign]  # saves a call
        self.get_extra_info = stream.get_extra_info  # type: ignore[method-assign]

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes."""
        heads = self._heads
        return heads.took(await self._stream.read(heads.to_read(max_bytes), heads.timeout(timeout)))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write the bytes, or hold them back until the next ones."""
        for part in self._heads.to_write(buffer):
            await self._stream.write(part, timeout)
