"""The answer of a call: read into memory, or open with its body still to come."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import httpx
from attrs import field, frozen

from aistats.errors import (
    ConnectionFailedError,
    RequestTimeoutError,
    ResponseDecodeError,
    one_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from aistats._core.colour import World

    Report = Callable[[object, BaseException | None], Coroutine[Any, Any, None]]
    """Tells of a call at its end: its result, or what is known of it, and its error."""

_GZIP_START = b"\x1f\x8b"
# Words that servers and object stores put on a body as it is.
_PLAIN = frozenset({"", "identity", "none", "binary", "aws-chunked"})
# Compressions that we never ask for, and of which not every httpx can undo each.
_UNASKED = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz"})


@frozen
class Answer:
    """An answer whose body was read; `flaw` says why `content` is not all of it, if it is not."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    flaw: str | None = None
    seconds: float = 0.0
    """From the first attempt to the end of the body."""
    attempts: int = 1


class GzipError(ValueError):
    """A body is not in the coding that it says it is."""


class Gunzip:
    """Undoes gzip of one member or several, which some servers send as one body."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=31)
        self._begun = False

    def feed(self, part: bytes, most: int) -> tuple[bytes, bytes]:
        """Give up to about `most` decoded bytes, and what is left of `part`."""
        self._begun = self._begun or bool(part)
        try:
            piece = self._member.decompress(part, most)
        except zlib.error as error:
            raise GzipError(str(error)) from None
        left = self._member.unconsumed_tail
        if self._member.eof:
            rest = self._member.unused_data
            if rest.startswith(_GZIP_START[: len(rest)]) and rest:
                self._member, left = zlib.decompressobj(wbits=31), rest
        return piece, left

    def end(self) -> None:
        """Check that the last member is whole."""
        if self._begun and not self._member.eof:
            raise GzipError("it ends too early")


class OpenAnswer:
    """An answer whose body is read a decoded chunk at a time; close it after use."""

    def __init__(
        self,
        world: World,
        response: httpx.Response,
        *,
        bare_request: Callable[[], httpx.Request],
        overdue: Callable[[], bool] = bool,
        attempts: int = 1,
    ) -> None:
        """`bare_request` gives what errors may show of it: no headers, no body, no query."""
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.host: str = response.url.host
        self.attempts = attempts
        self._bare_request = bare_request
        self.at_end: Report | None = None
        self._world, self._response, self._overdue = world, response, overdue
        named = response.headers.get("content-encoding", "").lower().split(",")
        self._codings = [coding for word in named if (coding := word.strip()) not in _PLAIN]
        is_gzip = self._codings in (["gzip"], ["x-gzip"]) and not response.is_stream_consumed
        self._gunzip = Gunzip() if is_gzip else None
        self._waiting = self._ready = b""

    @property
    def promised_length(self) -> int | None:
        """The length of the decoded body, where the headers tell it."""
        length = self.headers.get("content-length", "")
        is_readable = length.isdecimal() and len(length) <= 18 and not self._codings
        return int(length) if is_readable else None

    async def chunk(self, most: int = 1024 * 1024) -> bytes:
        """Read the next decoded bytes of the body, about `most` at once; b"" at its end.

        Raises `ConnectionFailedError` when the body breaks off and `ResponseDecodeError` when its
        content encoding is broken; the answer is closed then, as at the end.
        """
        if self._ready:
            piece, self._ready = self._ready, b""
            return piece
        try:
            piece = await self._next(most)
        except httpx.TransportError as error:
            error.request = self._bare_request()  # it may travel to other processes
            timed_out = isinstance(error, httpx.TimeoutException)
            broken = self.broken_off_error(f"{type(error).__name__}: {error}", timed_out=timed_out)
            await self.close(broken)
            raise broken from error
        except (GzipError, httpx.DecodingError) as error:
            undecodable = self.decode_error(f"in a broken content encoding ({error})")
            await self.close(undecodable)
            raise undecodable from error
        except BaseException as error:
            await self.close(error)
            raise
        if not piece:
            await self.close()
        return piece

    def put_back(self, piece: bytes) -> None:
        """Let `chunk` give what was read once more."""
        self._ready = piece

    async def _next(self, most: int) -> bytes:
        read = self._world.transport.read
        if len(self._codings) > 1:  # each layer may grow a thousandfold, before any limit is seen
            raise GzipError(f"more than one: {', '.join(self._codings)[:80]}")
        if not _UNASKED.isdisjoint(self._codings):
            raise GzipError(f"{self._codings[0]!r} was not asked for")
        while True:
            if self._overdue():
                raise httpx.ReadTimeout("the budget of the call is used up while its body arrives")
            if self._gunzip is None:
                return await read(self._response)
            if not self._waiting:
                self._waiting = await read(self._response, raw=True)
                if not self._waiting:
                    self._gunzip.end()
                    return b""
            piece, self._waiting = self._gunzip.feed(self._waiting, most)
            if piece:
                return piece

    async def read(self, limit: int) -> Answer:
        """Read the whole body into memory, up to `limit` bytes.

        What is wrong with the body of an error, or with a coding, is the `flaw` of the answer; a
        success that breaks off raises `ConnectionFailedError`.
        """
        parts: list[bytes] = []
        size, flaw = 0, None
        try:
            while piece := await self.chunk(limit - size + 1):
                parts.append(piece)
                size += len(piece)
                if size > limit:
                    flaw = f"it is larger than {limit} bytes"
                    parts[-1] = piece[: limit - size]
                    break
        except ResponseDecodeError as error:
            flaw = str(error.__cause__)
        except ConnectionFailedError as error:
            if self.status < 400:
                raise
            flaw = f"it broke off ({type(error.__cause__).__name__})"  # the status says enough
        finally:
            await self.close()
        return Answer(self.status, self.headers, b"".join(parts), flaw, attempts=self.attempts)

    async def close(self, error: BaseException | None = None) -> None:
        """Give the connection back; what was not read is lost. `error` is why it ended early."""
        await self._world.transport.close(self._response)
        at_end, self.at_end = self.at_end, None
        if at_end is not None:
            await at_end(None, error)

    def decode_error(self, what: str, body: bytes = b"") -> ResponseDecodeError:
        """Build the error for a body that is not what was promised."""
        return undecodable_error(Answer(self.status, self.headers, body), what)

    def broken_off_error(self, why: str, *, timed_out: bool = False) -> ConnectionFailedError:
        """Build the error for a body that did not come whole."""
        kind = RequestTimeoutError if timed_out else ConnectionFailedError
        return kind(
            one_line(f"the body from {self.host} broke off ({why})"),
            request=self._bare_request(),
            may_have_run=True,
        )


def undecodable_error(answer: Answer, what: str) -> ResponseDecodeError:
    """Build the error for a success that is not what was promised."""
    return ResponseDecodeError(
        f"the answer (status {answer.status}) is {what}; .body holds what came",
        status_code=answer.status,
        body=answer.content,
        headers=answer.headers,
    )
