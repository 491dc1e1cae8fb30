"""One request and its answer over aiohttp: its timeouts, its parts, and its error if it fails."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import httpx

from aistats.errors import one_line

if TYPE_CHECKING:
    from types import TracebackType

    from aistats._aiohttp_wire import Link


class Exchange:
    """What a request still waits for, and why it ended if it ended badly.

    Errors of aiohttp hold the headers that were sent, in themselves and in the frames that they
    came through. So none of them is raised again, nor kept as a cause: `failure` makes a new one.
    """

    def __init__(self, request: httpx.Request) -> None:
        self.link: Link | None = None
        self.awaits_head = True
        self.due: float | None = None
        """When, on the loop's clock, the current phase must be over."""
        self._request = request
        self._timeouts: dict[str, float | None] = request.extensions.get("timeout", {})
        self._loop = asyncio.get_running_loop()
        self._phase = "read"
        self._overdue: type[httpx.TimeoutException] | None = None
        self._flaw: str | None = None
        self._spoiled: tuple[Exception, TracebackType | None] | None = None
        self._over = False
        self._broken_by: BaseException | None = None
        self._content: aiohttp.StreamReader = aiohttp.EMPTY_PAYLOAD
        self._rest: list[bytes] = []
        self._news: asyncio.Future[None] | None = None

    def timeout(self, phase: str) -> float | None:
        """Give the seconds that a phase which begins now may take."""
        return self._timeouts.get(phase)

    def allow(self, phase: str | None) -> None:
        """While the head is awaited: give the next step its time, or any time with None."""
        if self.awaits_head:
            self._allow(phase)

    def _allow(self, phase: str | None) -> None:
        self.due = None
        seconds = None if phase is None else self.timeout(phase)
        if phase is not None and seconds is not None and self.link is not None:
            self._phase, self.due = phase, self._loop.time() + seconds
            self.link.watch(self.due)

    def expire(self) -> None:
        """End it because a phase is overdue."""
        self._overdue = httpx.WriteTimeout if self._phase == "write" else httpx.ReadTimeout
        self.drop()

    def drop(self) -> None:
        """Be done with the connection, if there is one, without a word to the server."""
        if self.link is not None:
            self.link.transport.abort()

    def begin(self, link: Link) -> None:
        """Go on over this connection."""
        self.link = link
        self.allow("read")

    def end_head(self, content: aiohttp.StreamReader) -> None:
        """Take note that the head is there, with the body behind it."""
        self.allow(None)
        self.awaits_head = False
        self._content = content
        if self.link is not None and content.is_eof():
            self.link.exchange = None

    def give_up_head(self) -> None:
        """Await the head no longer, if it is not there by now."""
        if self.awaits_head:
            self.end_head(aiohttp.EMPTY_PAYLOAD)

    def refuse(self, flaw: str) -> None:
        """End it because of what the server sent."""
        self._flaw = flaw
        self.drop()

    def spoil(self, error: Exception) -> None:
        """Note what went wrong in the caller's own body, as far as it has come by now."""
        self._spoiled = error, error.__traceback__

    def passed(self) -> bool:
        """Wake who waits for more, and say whether the answer is whole."""
        if self._news is not None and not self._news.done():
            self._news.set_result(None)
        return not self.awaits_head and self._content.is_eof()

    def lose(self, error: BaseException | None) -> None:
        """Save what came before the connection ended: aiohttp is about to forget it."""
        content = self._content
        while content.exception() is None and (part := content.read_nowait()):
            self._rest.append(part)
        self._over, self._broken_by = True, error
        self._allow(None)

    async def part(self) -> bytes:
        """Give the next part of the body, b"" at its end."""
        content = self._content
        while True:
            if self._rest:
                return self._rest.pop(0)
            broken = content.exception() is not None
            if not broken and (part := content.read_nowait()):
                return part
            if content.is_eof() and not broken:
                return b""
            if broken or self._over:
                raise self.failure(None)
            await self._more()

    async def _more(self) -> None:
        self._news = self._loop.create_future()
        self._allow("read")
        try:
            await self._news
        finally:
            self._news = None
            self._allow(None)

    def failure(self, error: Exception | None) -> Exception:
        """Give the error of httpx for what happened; `error` is what aiohttp made of it."""
        if self._spoiled is not None:
            spoiled, frames = self._spoiled
            return spoiled.with_traceback(frames)
        kind, reason = self._kind_and_reason(error)
        return kind(reason, request=self._request)

    def _kind_and_reason(self, error: Exception | None) -> tuple[type[httpx.TransportError], str]:
        if self.link is None:  # nothing was sent
            late = isinstance(error, TimeoutError)
            return (httpx.ConnectTimeout if late else httpx.ConnectError), _reason(error)
        if self._overdue is not None:
            return self._overdue, "the server takes too long"
        if isinstance(self._broken_by, OSError):
            return httpx.ReadError, str(self._broken_by)
        if isinstance(error, ValueError):  # aiohttp refuses to send it
            return httpx.LocalProtocolError, one_line(str(error), 200)
        return httpx.RemoteProtocolError, self._flaw or self._flaw_in(error)

    def _flaw_in(self, error: Exception | None) -> str:
        if isinstance(error, aiohttp.ClientResponseError):
            return one_line(error.message, 200)
        unanswered = self._content is aiohttp.EMPTY_PAYLOAD
        what = "before it answered" if unanswered else "before its answer was whole"
        return f"the server closed the connection {what}"


def _reason(error: Exception | None) -> str:
    """Say why there is no connection; aiohttp's own words may have a signed address in them."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return str(error.certificate_error)
    if isinstance(error, aiohttp.ClientConnectorError):
        return str(error.os_error)
    if isinstance(error, aiohttp.ClientError):
        return f"aiohttp cannot connect to this address ({type(error).__name__})"
    return str(error)
