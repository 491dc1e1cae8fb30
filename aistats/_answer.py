"""Reading the body of an answer into memory: bounded, and knowing what is wrong with it."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import httpx
from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator


@frozen
class Answer:
    """An answer whose body was read; `flaw` says why `content` is not all of it, if it is not."""

    status: int
    headers: httpx.Headers
    content: bytes = field(repr=False)
    flaw: str | None = None


def bare_request(method: str, url: httpx.URL) -> httpx.Request:
    """Give what an error may show of a request: no headers, no body, and no signed query."""
    return httpx.Request(method, url.copy_with(userinfo=b"", query=None, fragment=None))


_PLAIN = ("", "identity")
_GZIP = ("gzip", "x-gzip")


def _coding(response: httpx.Response) -> str:
    if response.is_stream_consumed:
        return ""  # a hook of the caller's http_client read it, and httpx decoded it
    return str(response.headers.get("content-encoding", "")).strip().lower()


def parts_of(response: httpx.Response) -> Iterator[bytes]:
    """Give the body as it comes, or as it was read before by somebody else."""
    return iter([response.content]) if response.is_stream_consumed else response.iter_raw()


def async_parts_of(response: httpx.Response) -> AsyncIterator[bytes]:
    """Give the body as `parts_of` does."""
    return _once(response.content) if response.is_stream_consumed else response.aiter_raw()


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content


def odd_coding(response: httpx.Response) -> str | None:
    """Say that the content coding is one we never ask for, if it is; such a body is not decoded."""
    coding = _coding(response)
    known = coding in _PLAIN or coding in _GZIP
    return None if known else f"its content encoding {coding[:40]!r} was not asked for"


class Decoder:
    """Undoes the content coding of an answer, a bounded piece at a time.

    What httpx offers would expand all that was read at once: a kilobyte in two layers of gzip, or
    in brotli, to a gigabyte, before any limit of ours is looked at.
    """

    __slots__ = ("_gzip", "_started", "_waiting")

    def __init__(self, response: httpx.Response) -> None:
        self._gzip = zlib.decompressobj(wbits=31) if _coding(response) in _GZIP else None
        self._waiting = b""
        self._started = False

    def feed(self, part: bytes) -> None:
        """Take a part of the body as it came."""
        self._waiting += part
        self._started = True

    def take(self, most: int) -> bytes:
        """Give up to `most` decoded bytes, b"" when there are none before the next part.

        Raises `zlib.error` for what is not gzip.
        """
        if self._gzip is None:
            piece, self._waiting = self._waiting[:most], self._waiting[most:]
            return piece
        piece = self._gzip.decompress(self._waiting, most)
        self._waiting = self._gzip.unconsumed_tail
        return piece

    def end(self) -> None:
        """Check that the body is over; raises `zlib.error` where something is missing."""
        if self._gzip is not None and self._started and not self._gzip.eof:
            raise zlib.error("it ends too early")


class Collector:
    """Gathers the body of an answer up to a limit."""

    __slots__ = ("_decoder", "_limit", "_overdue", "_response", "_size", "flaw", "parts")

    def __init__(self, response: httpx.Response, limit: int, overdue: Callable[[], bool]) -> None:
        self.parts: list[bytes] = []
        self.flaw = odd_coding(response)
        self._decoder = Decoder(response)
        self._limit = limit
        self._overdue = overdue
        self._response = response
        self._size = 0

    def take(self, part: bytes) -> bool:
        """Keep `part`; say whether more is wanted."""
        if self._overdue():
            raise httpx.ReadTimeout("the budget of the call is used up while its answer arrives")
        self._decoder.feed(part)
        while piece := self._decoder.take(self._limit - self._size + 1):
            self._size += len(piece)
            if self._size > self._limit:
                self.parts.append(piece[:-1])
                self.flaw = f"it is larger than {self._limit} bytes"
                return False
            self.parts.append(piece)
        return True

    def end(self) -> None:
        """Take note that there are no more parts."""
        if self.flaw is None:
            self._decoder.end()

    def note(self, error: httpx.TransportError | zlib.error) -> None:
        """Record why the body ended early, or raise where that leaves nothing to go by."""
        if isinstance(error, zlib.error):
            self.flaw = f"its content encoding is broken ({error})"
        elif self._response.status_code >= 400:
            self.flaw = f"it broke off ({type(error).__name__})"  # the status says enough
        else:
            raise error

    def answer(self) -> Answer:
        """Give what was gathered."""
        response = self._response
        return Answer(response.status_code, response.headers, b"".join(self.parts), self.flaw)
