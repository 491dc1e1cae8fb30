"""The optional way to send with aiohttp, whose parser is compiled (extra `aiohttp`).

aiohttp is called directly; behind a client of httpx most of what it gains would be lost again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import sniffio

from aistats._tls import shared_tls
from aistats._transport import AsyncTransport, closed, proxy_way
from aistats.errors import ConfigurationError

try:
    import aiohttp
    import yarl
except ModuleNotFoundError as error:
    raise ConfigurationError(
        "aiohttp is not installed: pip install 'aistats-client[aiohttp]'"
    ) from error

from aistats._aiohttp_exchange import Exchange
from aistats._aiohttp_wire import Connector

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

_PIECE = 64 * 1024
"""Bytes; larger bodies are given to aiohttp in pieces, so that writing them can be bounded."""

_LONGEST_FIELD = 64 * 1024
"""Bytes; aiohttp's own bound of 8190 would fail a billed call over a long policy header."""


def aiohttp_transport() -> AsyncTransport:
    """Make a transport that sends with aiohttp, or with httpx where there is a proxy. asyncio only.

    It keeps the promises of the client's own connections: the same timeouts, limits and errors, no
    cookies, no redirects, and nothing is sent twice that this client does not repeat. aiohttp alone
    would repeat some calls by itself, look for the proxy anew at every request, and take passwords
    from `.netrc` with it.

    Raises `ConfigurationError` where aiohttp is not installed, and at the first call on trio.
    """
    return AsyncTransport(own=lambda: proxy_way() or AiohttpConnections())


class AiohttpConnections:
    """aiohttp's session on one event loop."""

    def __init__(self) -> None:
        """Open nothing yet, for the event loop that runs."""
        if sniffio.current_async_library() != "asyncio":
            raise ConfigurationError(
                "aiohttp runs on asyncio only: leave http_client out to use this event loop"
            )
        self._connector = Connector()
        self._session = aiohttp.ClientSession(
            auto_decompress=False,  # `_answer` does that
            connector=self._connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            max_field_size=_LONGEST_FIELD,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        )
        self._closed = False
        self._under_way = 0

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send the request and give the answer with its body unread."""
        if self._closed:
            raise closed()
        if not isinstance(request.stream, httpx.AsyncByteStream):
            raise TypeError("an async client needs a request body that is read asynchronously")
        exchange = Exchange(request)
        self._under_way += 1
        try:
            answer = await self._ask(request, exchange)
        except BaseException:
            exchange.drop()
            await self._ended()
            raise
        stream = _Body(answer, exchange, self._ended)
        if answer.status == 101:
            await stream.aclose()
            text = "the server wants to speak another protocol"
            raise httpx.RemoteProtocolError(text, request=request)
        return httpx.Response(
            answer.status,
            headers=answer.raw_headers,
            stream=stream,
            extensions={"reason_phrase": (answer.reason or "").encode("latin-1", "replace")},
            request=request,
        )

    async def _ask(self, request: httpx.Request, exchange: Exchange) -> aiohttp.ClientResponse:
        connect = exchange.timeout("connect")
        ssl = shared_tls() if request.url.scheme == "https" else True
        try:
            with self._connector.serving(exchange):
                answer = await self._session.request(
                    request.method,
                    yarl.URL(str(request.url), encoded=True),
                    data=_body(request, exchange),
                    headers=_headers(request),
                    allow_redirects=False,
                    timeout=aiohttp.ClientTimeout(connect=connect, ceil_threshold=float("inf")),
                    ssl=ssl,
                )
                exchange.end_head(answer.content)
                return answer
        except Exception as error:  # noqa: BLE001  # raised below, away from aiohttp's frames
            failure = exchange.failure(error)
        try:
            raise failure
        finally:
            del failure  # kept here, it would keep this frame, and so itself, alive

    async def aclose(self) -> None:
        """Close what is idle now, and each connection in use with its answer."""
        self._closed = True
        self._connector.retire()
        await self._close_if_unused()

    async def _ended(self) -> None:
        self._under_way -= 1
        await self._close_if_unused()

    async def _close_if_unused(self) -> None:
        if self._closed and not self._under_way:
            await self._connector.aclose()


class _Body(httpx.AsyncByteStream):
    """The unread body of an answer; closing it gives the connection back."""

    def __init__(
        self,
        answer: aiohttp.ClientResponse,
        exchange: Exchange,
        ended: Callable[[], Awaitable[None]],
    ) -> None:
        self._answer, self._exchange, self._ended = answer, exchange, ended
        self._open = True

    def __del__(self) -> None:
        if self._open:
            self._answer.close()  # aiohttp's own end of it fails when the event loop is closed

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        try:
            piece = await self._exchange.part()
        except Exception:
            await self.aclose()
            raise
        if piece:
            return piece
        raise StopAsyncIteration

    async def aclose(self) -> None:
        if self._open:
            self._open = False
            # With a whole answer aiohttp gives the connection back, as soon as all is sent.
            if not self._answer.closed:
                self._exchange.drop()  # aiohttp's own end of it waits for the server over TLS
                self._answer.close()
            await self._ended()


class _Pieces:
    """A request body on its way, of which every piece gets the time that a write may take.

    What goes wrong in it is the caller's to see, and not in aiohttp's words.
    """

    def __init__(self, parts: AsyncIterator[bytes], length: str | None, exchange: Exchange) -> None:
        self._parts, self._exchange = parts, exchange
        self._left = None if length is None else int(length)

    def __aiter__(self) -> _Pieces:
        return self

    async def __anext__(self) -> bytes:
        self._exchange.allow(None)
        try:
            piece = await self._next()
        except Exception as error:
            self._exchange.spoil(error)
            raise
        if piece is None:
            self._exchange.allow("read")
            raise StopAsyncIteration
        self._exchange.allow("write")
        return piece

    async def _next(self) -> bytes | None:
        piece = await anext(self._parts, None)
        if self._left is not None:
            self._left -= len(piece or b"")
            if self._left < 0 or (piece is None and self._left):
                raise httpx.LocalProtocolError("the request body is not as long as its header says")
        return piece


class _Slices:
    """A large body in memory; an async generator would outlive a call that ends early."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._starts = iter(range(0, len(content), _PIECE))

    def __aiter__(self) -> _Slices:
        return self

    async def __anext__(self) -> bytes:
        start = next(self._starts, None)
        if start is None:
            raise StopAsyncIteration
        return self._content[start : start + _PIECE]


def _body(request: httpx.Request, exchange: Exchange) -> bytes | _Pieces | None:
    parts: AsyncIterator[bytes]
    if isinstance(request.stream, httpx.ByteStream):
        content = request.content
        if len(content) <= _PIECE:
            return content or None
        parts = _Slices(content)
    else:
        assert isinstance(request.stream, httpx.AsyncByteStream)  # noqa: S101 - `send` looked
        parts = aiter(request.stream)
    return _Pieces(parts, request.headers.get("content-length"), exchange)


def _headers(request: httpx.Request) -> list[tuple[str, str]]:
    """Give the headers but the one about chunks, which aiohttp writes itself."""
    return [
        (name.decode("ascii"), value.decode())
        for name, value in request.headers.raw
        if name.lower() != b"transfer-encoding"
    ]
