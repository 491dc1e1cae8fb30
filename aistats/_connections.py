"""Connections kept for the next call: one stack per server, the warmest taken first.

Connecting, TLS and HTTP/1.1 are httpcore's. Its pool is left out because it looks at every
connection for every request, so that its cost grows with the square of the calls under way. The
number of connections has no bound: slow calls never wait for others.
"""

from __future__ import annotations

import socket
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Generic, NoReturn, TypeVar

import anyio
import httpcore
import httpx
import sniffio

from aistats._tls import shared_tls
from aistats._wire import AsyncNetwork, HeadWatch, Network

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

KEEP_IDLE: Final = 55.0
"""Seconds an idle connection is kept: longer than the 20 or 30 s between two looks at a job, and
shorter than the 60 s after which common load balancers close one (AWS 60, nginx 75, Cloudflare
400), so that it is us who close it and a call seldom meets a connection that just went."""

_MOST_IDLE: Final = 512  # per server; what a burst leaves beyond that is closed

C = TypeVar("C", httpcore.HTTPConnection, httpcore.AsyncHTTPConnection)


def _keep_alive_probes() -> list[tuple[int, int, int]]:
    """Give the socket options that keep a silent connection known to the routers on its way.

    A reasoning model may be silent for minutes; address translators forget a flow after about
    350 s. The names of the intervals differ from system to system, so only those present count.
    """
    wanted = (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 60), ("TCP_KEEPCNT", 5))
    found = [
        (socket.IPPROTO_TCP, getattr(socket, name), value)
        for name, value in wanted
        if hasattr(socket, name)
    ]
    return [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1), *found]


_PROBES: Final = _keep_alive_probes()


class _Kept(Generic[C]):
    """A connection, what watches it, and whether it can still be used."""

    __slots__ = ("connection", "watch")

    def __init__(self, make: Callable[[HeadWatch], C]) -> None:
        self.watch = HeadWatch()
        self.connection: C = make(self.watch)

    def is_usable(self) -> bool:
        """Say whether the server has neither closed it nor said more than it was asked."""
        connection = self.connection
        return connection.is_idle() and not connection.has_expired() and not self._has_surplus()

    def _has_surplus(self) -> bool:
        # Bytes after the end of an answer would be taken for the next call's answer. Only h11
        # knows of them, and httpcore shows it to nobody.
        inner: Any = self.connection._connection  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        return bool(inner._h11_state.trailing_data[0])  # noqa: SLF001


class _Stack(Generic[C]):
    """The idle connections to one server. Every step is atomic: threads need no lock."""

    def __init__(self, request: httpx.Request) -> None:
        url = request.url
        try:
            url.raw_host.decode("ascii").encode("idna")
        except UnicodeError as error:  # Python's resolver would fail on it with just that
            reason = f"{url.host!r} cannot be a host name: {error}"
            raise httpx.ConnectError(reason, request=request) from error
        port = url.port or (443 if url.scheme == "https" else 80)
        self.origin = httpcore.Origin(url.raw_scheme, url.raw_host, port)
        self.settings: dict[str, Any] = {
            "ssl_context": shared_tls() if url.scheme == "https" else None,
            "keepalive_expiry": KEEP_IDLE,
            "socket_options": _PROBES,
        }
        self.closed = False
        self._idle: deque[_Kept[C]] = deque()

    def take(self, unusable: list[_Kept[C]]) -> _Kept[C] | None:
        """Give the connection used last; add to `unusable` those to close."""
        while self._idle:
            try:
                kept = self._idle.pop()
            except IndexError:  # another thread was faster
                break
            if kept.is_usable():
                if self._idle and (oldest := self._idle[0]).connection.has_expired():
                    unusable += [oldest] if self._drop(oldest) else []
                return kept
            unusable.append(kept)
        return None

    def _drop(self, kept: _Kept[C]) -> bool:
        try:
            self._idle.remove(kept)
        except ValueError:  # another thread was faster
            return False
        return True

    def keep(self, kept: _Kept[C]) -> bool:
        """Keep a connection for the next call, if that makes sense."""
        if self.closed or len(self._idle) >= _MOST_IDLE or not kept.is_usable():
            return False
        self._idle.append(kept)
        return True

    def empty(self) -> Iterator[_Kept[C]]:
        """Give up every connection, and take none back."""
        self.closed = True
        while self._idle:
            yield self._idle.pop()


def _to_httpcore(request: httpx.Request, stack: _Stack[Any]) -> httpcore.Request:
    origin = stack.origin
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(
            scheme=origin.scheme, host=origin.host, port=origin.port, target=request.url.raw_path
        ),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


def _to_httpx(answer: httpcore.Response, stream: Any, request: httpx.Request) -> httpx.Response:
    return httpx.Response(
        answer.status,
        headers=answer.headers,
        stream=stream,
        extensions=answer.extensions,
        request=request,
    )


def _raise_as_httpx(error: Exception, request: httpx.Request) -> NoReturn:
    """Raise httpx's error of the same name, with the reason that some back ends hide below."""
    kind = getattr(httpx, type(error).__name__, None)
    if not (isinstance(kind, type) and issubclass(kind, httpx.TransportError)):
        raise error
    reason: BaseException | None = error
    while reason is not None and not str(reason):
        reason = reason.__cause__ or reason.__context__
    raise kind(str(reason or ""), request=request) from error


class Connections:
    """The connections of one blocking client; threads may share it."""

    def __init__(self) -> None:
        """Open nothing."""
        self._stacks: dict[tuple[str, bytes], _Stack[httpcore.HTTPConnection]] = {}

    def send(self, request: httpx.Request) -> httpx.Response:
        """Send on a kept connection or a new one, and give the answer with its body unread."""
        origin = (request.url.scheme, request.url.netloc)
        stack = self._stacks.get(origin) or self._stacks.setdefault(origin, _Stack(request))
        unusable: list[_Kept[httpcore.HTTPConnection]] = []
        kept = stack.take(unusable) or _Kept(
            lambda watch: httpcore.HTTPConnection(
                stack.origin, network_backend=Network(watch), **stack.settings
            )
        )
        for each in unusable:
            each.connection.close()
        kept.watch.begin()
        try:
            answer = kept.connection.handle_request(_to_httpcore(request, stack))
        except BaseException as error:
            kept.connection.close()
            if isinstance(error, Exception):
                _raise_as_httpx(error, request)
            raise
        kept.watch.done()
        return _to_httpx(answer, _Body(answer.stream, kept, stack, request), request)

    def close(self) -> None:
        """Close every idle connection; one in use is closed with its answer."""
        for stack in list(self._stacks.values()):
            for kept in stack.empty():
                kept.connection.close()


class _Body(httpx.SyncByteStream):
    """The unread body of an answer; closing it gives the connection back."""

    def __init__(
        self,
        stream: Any,
        kept: _Kept[httpcore.HTTPConnection],
        stack: _Stack[httpcore.HTTPConnection],
        request: httpx.Request,
    ) -> None:
        self._stream, self._kept, self._stack, self._request = stream, kept, stack, request
        self._open = True

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._stream
        except Exception as error:  # noqa: BLE001 - raised again as httpx's
            _raise_as_httpx(error, self._request)

    def close(self) -> None:
        if self._open:
            self._open = False
            self._stream.close()
            if not self._stack.keep(self._kept):
                self._kept.connection.close()


class AsyncConnections:
    """The connections of one async client on one event loop."""

    def __init__(self) -> None:
        """Open nothing."""
        self._stacks: dict[tuple[str, bytes], _Stack[httpcore.AsyncHTTPConnection]] = {}
        on_trio = sniffio.current_async_library() == "trio"
        self._backend: Any = httpcore.TrioBackend() if on_trio else httpcore.AnyIOBackend()

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send on a kept connection or a new one, and give the answer with its body unread."""
        origin = (request.url.scheme, request.url.netloc)
        stack = self._stacks.get(origin) or self._stacks.setdefault(origin, _Stack(request))
        unusable: list[_Kept[httpcore.AsyncHTTPConnection]] = []
        kept = stack.take(unusable) or _Kept(
            lambda watch: httpcore.AsyncHTTPConnection(
                stack.origin, network_backend=AsyncNetwork(watch, self._backend), **stack.settings
            )
        )
        for each in unusable:
            await each.connection.aclose()
        kept.watch.begin()
        try:
            answer = await kept.connection.handle_async_request(_to_httpcore(request, stack))
        except BaseException as error:
            with anyio.CancelScope(shield=True):
                await kept.connection.aclose()
            if isinstance(error, Exception):
                _raise_as_httpx(error, request)
            raise
        kept.watch.done()
        return _to_httpx(answer, _AsyncBody(answer.stream, kept, stack, request), request)

    async def aclose(self) -> None:
        """Close every idle connection; one in use is closed with its answer."""
        for stack in list(self._stacks.values()):
            for kept in stack.empty():
                await kept.connection.aclose()


class _AsyncBody(httpx.AsyncByteStream):
    """The same for async answers.

    Its own iterator: an async generator that is not read to its end would outlive the answer.
    """

    def __init__(
        self,
        stream: Any,
        kept: _Kept[httpcore.AsyncHTTPConnection],
        stack: _Stack[httpcore.AsyncHTTPConnection],
        request: httpx.Request,
    ) -> None:
        self._stream, self._kept, self._stack, self._request = stream, kept, stack, request
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
            _raise_as_httpx(error, self._request)
        return part

    async def aclose(self) -> None:
        if not self._open:
            return
        self._open = False
        await self._stream.aclose()
        if not self._stack.keep(self._kept):
            with anyio.CancelScope(shield=True):
                await self._kept.connection.aclose()
                if self._parts is not None:
                    # httpcore's generators hold others: a read from the closed connection fails
                    # at the bottom and ends them all, which closing the outer one would not.
                    with suppress(Exception):
                        async for _ in self._parts:
                            pass
