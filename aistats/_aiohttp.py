"""The optional way to send with aiohttp, whose parser is compiled (extra `aiohttp`).

aiohttp is called directly; behind a client of httpx most of what it gains would be lost again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import httpx

from aistats._idle import KEEP_IDLE
from aistats._tls import shared_tls
from aistats._transport import AsyncTransport, proxy_way
from aistats.errors import ConfigurationError

try:
    import aiohttp
    import yarl
except ModuleNotFoundError as error:
    raise ConfigurationError(
        "aiohttp is not installed: pip install aistats-client[aiohttp]"
    ) from error

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

_FRAMING = frozenset((b"content-length", b"transfer-encoding"))
"""Headers about the length of the body, which aiohttp writes itself."""

_AS_HTTPX: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (aiohttp.ClientProxyConnectionError, httpx.ProxyError),
    (aiohttp.ClientHttpProxyError, httpx.ProxyError),
    (aiohttp.ClientConnectorError, httpx.ConnectError),
    (aiohttp.ConnectionTimeoutError, httpx.ConnectTimeout),
    (aiohttp.SocketTimeoutError, httpx.ReadTimeout),
    (aiohttp.InvalidURL, httpx.UnsupportedProtocol),
    (aiohttp.ServerDisconnectedError, httpx.RemoteProtocolError),
    (aiohttp.ClientPayloadError, httpx.RemoteProtocolError),
    (aiohttp.ClientResponseError, httpx.RemoteProtocolError),
    (aiohttp.ClientConnectionError, httpx.ReadError),
    (OSError, httpx.ReadError),
)
"""The first kind that fits wins, so the particular ones come first."""


def aiohttp_transport() -> AsyncTransport:
    """Make a transport that sends with aiohttp, or with httpx where there is a proxy. asyncio only.

    aiohttp would look for the proxy anew at every request, and take passwords from `.netrc`.
    """
    return AsyncTransport(own=lambda: proxy_way() or AiohttpConnections())


class AiohttpConnections:
    """aiohttp's session on one event loop."""

    def __init__(self) -> None:
        """Open nothing: the session, which needs a running loop, comes with the first request."""
        self._session: aiohttp.ClientSession | None = None

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send the request and give the answer with its body unread."""
        session = self._session or self._start()
        timeout = _timeouts(request)
        try:
            answer = await session.request(
                request.method,
                yarl.URL(str(request.url), encoded=True),
                data=_body(request),
                headers=_headers(request),
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(
                    sock_connect=timeout("connect"), sock_read=timeout("read")
                ),
                ssl=shared_tls() if request.url.scheme == "https" else True,
            )
        except Exception as error:  # noqa: BLE001  # raised again as httpx's
            _raise_as_httpx(error, request)
        return httpx.Response(
            answer.status,
            headers=answer.raw_headers,
            stream=_Body(answer, request),
            extensions={"reason_phrase": (answer.reason or "").encode("latin-1", "replace")},
            request=request,
        )

    def _start(self) -> aiohttp.ClientSession:
        self._session = aiohttp.ClientSession(
            auto_decompress=False,  # httpx's response does that
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=KEEP_IDLE),
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            timeout=aiohttp.ClientTimeout(),
        )
        return self._session

    async def aclose(self) -> None:
        """Close the session with all its connections."""
        if self._session is not None:
            await self._session.close()


class _Body(httpx.AsyncByteStream):
    """The unread body of an answer; closing it gives the connection back."""

    def __init__(self, answer: aiohttp.ClientResponse, request: httpx.Request) -> None:
        self._answer, self._request = answer, request

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        try:
            piece = await self._answer.content.readany()
        except Exception as error:  # noqa: BLE001  # raised again as httpx's
            self._answer.close()
            _raise_as_httpx(error, self._request)
        if piece:
            return piece
        raise StopAsyncIteration

    async def aclose(self) -> None:
        # aiohttp has given a connection back when its answer is read; else it is of no more use.
        self._answer.close()


def _timeouts(request: httpx.Request) -> Callable[[str], float | None]:
    timeouts: dict[str, float | None] = request.extensions.get("timeout", {})
    return timeouts.get


def _body(request: httpx.Request) -> bytes | AsyncIterator[bytes] | None:
    body = request.stream
    if isinstance(body, httpx.ByteStream):
        return b"".join(body) or None
    if not isinstance(body, httpx.AsyncByteStream):
        raise TypeError("an async client needs a request body that is read asynchronously")
    return aiter(body)


def _headers(request: httpx.Request) -> list[tuple[str, str]]:
    known_length = isinstance(request.stream, httpx.ByteStream)
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, value in request.headers.raw
        if not (known_length and name.lower() in _FRAMING) and name.lower() != b"transfer-encoding"
    ]


def _raise_as_httpx(error: Exception, request: httpx.Request) -> NoReturn:
    """Raise aiohttp's error as the one httpx has for it, and any other as it is."""
    for kind, known in _AS_HTTPX:
        if isinstance(error, kind):
            raise known(str(error) or type(error).__name__, request=request) from error
    raise error
