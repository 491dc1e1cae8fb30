"""Connections kept for the next call: one stack per server, the warmest taken first.

Connecting, TLS and HTTP/1.1 are httpcore's. Its pool is left out because it looks at every
connection for every request, so that its cost grows with the square of the calls under way. The
number of connections has no bound: slow calls never wait for others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import httpcore
import httpx

from aistats._idle import PROBES, Kept, Stack
from aistats._wire import Heads, Wire

if TYPE_CHECKING:
    from collections.abc import Iterator


def to_httpcore(request: httpx.Request, stack: Stack[Any]) -> httpcore.Request:
    origin = stack.origin
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(
            scheme=origin.scheme, host=origin.host, port=origin.port, target=request.url.raw_path
        ),
        headers=request.headers.raw,
        content=_Content(request.content) if _is_in_memory(request) else request.stream,
        extensions=request.extensions,
    )


def _is_in_memory(request: httpx.Request) -> bool:
    return isinstance(request.stream, httpx.ByteStream)


class _Content:
    """A body that is in memory. httpx's own is an async generator, which a cancelled call would
    leave to the garbage collector."""

    __slots__ = ("_left",)

    def __init__(self, content: bytes) -> None:
        self._left = [content] if content else []

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._left)

    def __aiter__(self) -> _Content:
        return self

    async def __anext__(self) -> bytes:
        if not self._left:
            raise StopAsyncIteration
        return self._left.pop()


def to_httpx(answer: httpcore.Response, stream: Any, request: httpx.Request) -> httpx.Response:
    return httpx.Response(
        answer.status,
        headers=answer.headers,
        stream=stream,
        extensions=answer.extensions,
        request=request,
    )


def raise_as_httpx(error: Exception, request: httpx.Request) -> NoReturn:
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
        self._stacks: dict[tuple[str, bytes], Stack[httpcore.HTTP11Connection]] = {}

    def send(self, request: httpx.Request) -> httpx.Response:
        """Send on a kept connection or a new one, and give the answer with its body unread."""
        origin = (request.url.scheme, request.url.netloc)
        stack = self._stacks.get(origin) or self._stacks.setdefault(origin, Stack(request))
        unusable: list[Kept[httpcore.HTTP11Connection]] = []
        kept = stack.take(unusable)
        for each in unusable:
            each.connection.close()
        try:
            kept = kept or _open(stack, request)
            kept.heads.begin()
            answer = kept.connection.handle_request(to_httpcore(request, stack))
        except BaseException as error:
            if kept is not None:
                kept.connection.close()
            if isinstance(error, Exception):
                raise_as_httpx(error, request)
            raise
        kept.heads.done()
        return to_httpx(answer, _Body(answer.stream, kept, stack, request), request)

    def close(self) -> None:
        """Close every idle connection; one in use is closed with its answer."""
        for stack in list(self._stacks.values()):
            for kept in stack.empty():
                kept.connection.close()


def _open(
    stack: Stack[httpcore.HTTP11Connection], request: httpx.Request
) -> Kept[httpcore.HTTP11Connection]:
    timeout = request.extensions.get("timeout", {}).get("connect")
    stream = httpcore.SyncBackend().connect_tcp(
        stack.host, stack.port, timeout, socket_options=PROBES
    )
    if tls := stack.tls():
        stream = stream.start_tls(tls, stack.host, timeout)
    heads = Heads()
    return Kept(httpcore.HTTP11Connection(stack.origin, Wire(stream, heads)), heads)


class _Body(httpx.SyncByteStream):
    """The unread body of an answer; closing it gives the connection back."""

    def __init__(
        self,
        stream: Any,
        kept: Kept[httpcore.HTTP11Connection],
        stack: Stack[httpcore.HTTP11Connection],
        request: httpx.Request,
    ) -> None:
        self._stream, self._kept, self._stack, self._request = stream, kept, stack, request
        self._open = True

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._stream
        except Exception as error:  # noqa: BLE001 - raised again as httpx's
            raise_as_httpx(error, self._request)

    def close(self) -> None:
        if self._open:
            self._open = False
            self._stream.close()
            if not self._stack.keep(self._kept):
                self._kept.connection.close()
