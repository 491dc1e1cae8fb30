"""How requests travel, and how far: through plain httpx, so that whatever hooks into it sees them.

httpx's async pool costs the square of the calls under way in it, so an event loop gets several
small clients, made as needed, of which the least busy one is taken.
"""

from __future__ import annotations

import functools
import itertools
import logging
import os
import time
import weakref
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.request import getproxies

import httpx
from attrs import frozen

from aistats._core.options import DEFAULT_TIMEOUT, USER_AGENT
from aistats.errors import ConfigurationError

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable
    from typing import Self

    from aistats._core.request import Request

C = TypeVar("C", httpx.Client, httpx.AsyncClient)
Parts = list[tuple[str, Any]]
"""The parts of a multipart form, as httpx takes them."""

_CALLS_PER_CLIENT, _MOST_CLIENTS, _IDLE = 4, 256, 5.0
# A bound would only make calls wait, or connect anew.
_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=_IDLE)
_UNUSABLE = (ValueError, ImportError, httpx.InvalidURL)
_IN_PROCESS = (httpx.MockTransport, httpx.ASGITransport, httpx.WSGITransport)
_CHUNKS = "aistats.chunks"
# Chunks that may still be read from a closed connection: httpcore reads 64 KiB at once, and one of
# one byte takes six.
_BUFFERED = 64 * 1024 // 6


class ClientClosedError(ConfigurationError, RuntimeError):
    """The client was closed before this call."""


def _check_open(closed: bool, given: httpx.Client | httpx.AsyncClient | None) -> None:
    if closed or (given is not None and given.is_closed):
        whose = "this client" if closed else "the http_client"
        raise ClientClosedError(f"{whose} is closed: make a new one, or close it later")


class Attempt:
    """One try of a call: did its sending begin, and until when may it begin.

    httpcore tells each step of a request to the `trace` extension. Without a word that its head
    was being sent, certainly nobody got it. The dictionary of timeouts is read anew at each phase,
    so that a phase can be given what is left until `deadline`, on `clock`.
    """

    def __init__(
        self,
        timeout: httpx.Timeout | None,
        deadline: float | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.sent: bool = False
        self._traced = False  # without a trace, `sent` says nothing
        self.began: float = clock()
        self._timeout, self._deadline, self._clock = timeout, deadline, clock
        self._limits: dict[str, float | None] = {}
        self._given: dict[str, float | None] = {}

    def extensions(self, client: httpx.Client | httpx.AsyncClient) -> dict[str, Any]:
        """Give what `build_request` of this client wants."""
        self._limits = (self._timeout or client.timeout).as_dict()
        self._given = dict(self._limits)
        self._keep_to_deadline()
        trace = self._trace if isinstance(client, httpx.Client) else self._trace_async
        return {"trace": trace, "timeout": self._given}

    def never_sent(self, error: BaseException) -> bool:
        """Say whether it certainly reached nobody.

        Queues of pools, and transports that are not httpcore's, tell no steps: there only what
        cannot have followed a connection counts.
        """
        if not self._given:
            return True  # it was not even built
        untraced = isinstance(error, httpx.PoolTimeout | httpx.ConnectError)
        return not self.sent if self._traced else untraced

    def forget_deadline(self) -> None:
        """Let the reading of the body have its own limits again."""
        self._given.update(self._limits)

    def _trace(self, event: str, info: dict[str, Any]) -> None:
        self._traced = True
        if event.endswith(".send_request_headers.started"):
            to_proxy = info["request"].method == b"CONNECT"
            # A proxy that is silent on CONNECT must not cost the limit for reading.
            self._keep_to_deadline(read="connect" if to_proxy else "read")
            self.sent = self.sent or not to_proxy
        elif event == "connection.connect_tcp.started":
            self._keep_to_deadline()  # raises here and above only: elsewhere a socket would leak

    async def _trace_async(self, event: str, info: dict[str, Any]) -> None:
        self._trace(event, info)

    def _keep_to_deadline(self, read: str = "read") -> None:
        self._given.update(self._limits, read=self._limits[read])
        if self._deadline is None:
            return
        if (left := self._deadline - self._clock()) <= 0:
            self._traced = True
            raise httpx.ConnectTimeout("the time for this call was over before it was sent")
        for phase, most in self._given.items():
            self._given[phase] = left if most is None else min(most, left)


class _QuietURL(httpx.URL):
    """A URL that httpx's log shows without its query, which may be signed."""


class _HideQueries(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                f"{a.copy_with(query=None)}?[hidden]" if isinstance(a, _QuietURL) and a.query else a
                for a in record.args
            )
        return True


logging.getLogger("httpx").addFilter(_HideQueries())


@functools.lru_cache(maxsize=8)
def _tls_context(*_authorities: str | None) -> ssl.SSLContext:
    """Make the TLS context of this process, once per setting of the authorities: it costs 30 ms."""
    context = httpx.create_ssl_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def _shared_tls() -> ssl.SSLContext:
    named = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    try:
        return _tls_context(*named)
    except OSError as error:
        source = " or ".join(path for path in named if path) or "the certifi package"
        raise ConfigurationError(
            f"the TLS authorities could not be read from {source} ({error}): correct or unset "
            "SSL_CERT_FILE and SSL_CERT_DIR"
        ) from error


def _new_client(kind: type[C], *, direct: bool) -> C:
    """Make a client of ours, with the environment's proxies unless it is to connect directly."""
    proxies = {} if direct else getproxies()
    used = [name for name in ("http", "https", "all") if name in proxies]
    try:
        return kind(
            verify=_shared_tls(), limits=_LIMITS, timeout=DEFAULT_TIMEOUT, trust_env=bool(used)
        )
    except _UNUSABLE:  # its words on a bad URL may quote a part of the password
        bad = [name for name in used if not _is_usable(proxies[name])]
    name = bad[0] if bad else "no"
    variable = f"{name}_proxy" if f"{name}_proxy" in os.environ else f"{name.upper()}_PROXY"
    raise ConfigurationError(
        f"{variable} cannot be used: correct or unset it (a socks proxy needs "
        "pip install 'httpx[socks]')"
    )


def _is_usable(proxy: str) -> bool:
    try:
        with httpx.Client(trust_env=False, proxy=proxy if "://" in proxy else f"http://{proxy}"):
            return True
    except _UNUSABLE:
        return False


def stays_in_process(client: object, url: httpx.URL) -> bool:
    """Say whether a given client answers `url` in this process: then no key travels."""
    if not isinstance(client, httpx.Client | httpx.AsyncClient):
        return False
    # httpx has no public way to ask which transport serves a URL.
    transport = client._transport_for_url(url)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    return isinstance(transport, _IN_PROCESS)


class _InMemory(httpx.AsyncByteStream):
    """A body for async clients.

    httpx's own is an async generator, which outlives a sending that breaks off; trio complains.
    """

    def __init__(self, content: bytes) -> None:
        self._content, self._left = content, [content]

    def __aiter__(self) -> Self:
        self._left = [self._content] if self._content else []
        return self

    async def __anext__(self) -> bytes:
        if not self._left:
            raise StopAsyncIteration
        return self._left.pop()


class _InThread(httpx.AsyncByteStream):
    """A form for async clients, read in a worker thread: disks and pipes may be slow."""

    def __init__(self, form: Iterable[bytes]) -> None:
        self._chunks = iter(form)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        import anyio.to_thread

        if block := await anyio.to_thread.run_sync(self._block):
            return block
        raise StopAsyncIteration

    def _block(self) -> bytes:
        return b"".join(itertools.islice(self._chunks, 16))  # up to a megabyte for one hop


@frozen(eq=False)
class Outgoing:
    """What one attempt sends."""

    request: Request
    url: httpx.URL
    headers: httpx.Headers
    attempt: Attempt
    parts: Parts | None = None

    def for_client(
        self, client: httpx.Client | httpx.AsyncClient, *, given: bool
    ) -> tuple[httpx.Request, dict[str, Any]]:
        """Build the request with the client's own headers, parameters and cookies beneath ours.

        Gives it with the keywords for `client.send`.
        """
        request, absolute, headers = self.request, self.request.absolute, self.headers
        if not given or client.headers.get("user-agent", "").startswith("python-httpx/"):
            headers.setdefault("user-agent", USER_AGENT)
        try:
            built = client.build_request(
                request.method,
                self.url if absolute is None else absolute.copy_with(query=None),
                # A query inside the URL would be lost beside parameters of the client's.
                params=tuple(request.query) or None,
                headers=headers,
                content=request.content,
                files=self.parts,
                extensions=self.attempt.extensions(client),
            )
        except httpx.InvalidURL as error:
            raise ConfigurationError(f"{request.label}: the URL cannot be built: {error}") from None
        if isinstance(client, httpx.AsyncClient) and isinstance(built.stream, httpx.SyncByteStream):
            built.stream = _InThread(built.stream) if self.parts else _InMemory(built.content)
        if absolute is not None:
            built.url = absolute  # signed, maybe: to the letter
        if built.url.query:
            built.url = _QuietURL(built.url)
        # A given client's auth is left out where our key goes, and at other origins.
        has_auth = "authorization" not in headers and absolute is None
        auth = httpx.USE_CLIENT_DEFAULT if has_auth else None
        return built, {"stream": True, "follow_redirects": False, "auth": auth}


class SyncTransport:
    """Sends the requests of one blocking client and of its copies. Threads may share it."""

    def __init__(self, given: httpx.Client | None = None, *, direct: bool = False) -> None:
        """Use the caller's client, which stays the caller's to close, or make one at first use.

        `direct` leaves the environment's proxies out.
        """
        self._given, self._direct, self._closed = given, direct, False
        # A forked child leaves its parent's client alone, whose locks may be held.
        self._clients: dict[int, httpx.Client] = {}

    def _client(self) -> httpx.Client:
        _check_open(self._closed, self._given)
        if self._given is not None:
            return self._given
        process = os.getpid()
        if found := self._clients.get(process):
            return found
        made = _new_client(httpx.Client, direct=self._direct)
        return self._clients.setdefault(process, made)  # one of many threads wins, without a lock

    async def send(self, outgoing: Outgoing) -> httpx.Response:
        """Send a request; give the answer with its body unread."""
        client = self._client()
        built, how = outgoing.for_client(client, given=client is self._given)
        return client.send(built, **how)

    async def read(self, response: httpx.Response, *, raw: bool = False) -> bytes:
        """Read the next chunk of a body, b"" at its end; `raw` leaves its coding as it is."""
        chunks = response.extensions.get(_CHUNKS)
        if chunks is None:
            chunks = response.iter_raw() if raw else response.iter_bytes()
            response.extensions[_CHUNKS] = chunks
        for chunk in chunks:
            if chunk:
                return bytes(chunk)
        return b""

    async def close(self, response: httpx.Response) -> None:
        """Close an answer, read to its end or not."""
        response.close()

    async def aclose(self) -> None:
        """Close our connections; nothing can be sent any more."""
        self._closed = True
        while self._clients:
            self._clients.popitem()[1].close()


class _Member:
    """One of the clients of an event loop."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client, self.calls, self.since = client, 0, 0.0

    def add(self, calls: int) -> None:
        self.calls, self.since = self.calls + calls, time.monotonic()


class _Group(list[_Member]):
    """The clients of one event loop, closed by that loop when it ends.

    asyncio and trio both finish the async generators that are still suspended when they shut down.
    """

    end: AsyncGenerator[None, None] | None = None

    async def close_at_end(self) -> AsyncGenerator[None, None]:
        try:
            yield
        finally:
            self.end = None  # it knows its loop and would keep it alive
            while self:
                await self.pop().client.aclose()


class AsyncTransport:
    """Sends the requests of one async client and of its copies, on any number of event loops."""

    def __init__(self, given: httpx.AsyncClient | None = None, *, direct: bool = False) -> None:
        """Use the caller's client, which stays the caller's to close, or make some as needed.

        `direct` leaves the environment's proxies out.
        """
        self._given, self._direct, self._closed = given, direct, False
        self._groups: weakref.WeakKeyDictionary[object, _Group] = weakref.WeakKeyDictionary()

    async def send(self, outgoing: Outgoing) -> httpx.Response:
        """Send a request; give the answer with its body unread."""
        _check_open(self._closed, self._given)
        if self._given is not None:
            built, how = outgoing.for_client(self._given, given=True)
            return await self._given.send(built, **how)
        member = await self._least_busy()
        member.add(1)
        try:
            built, how = outgoing.for_client(member.client, given=False)
            response = await member.client.send(built, **how)
        except BaseException:
            member.add(-1)
            raise
        response.extensions["release"] = weakref.finalize(response, member.add, -1)
        return response

    async def read(self, response: httpx.Response, *, raw: bool = False) -> bytes:
        """Read the next chunk of a body, b"" at its end; `raw` leaves its coding as it is."""
        chunks: AsyncIterator[bytes] | None = response.extensions.get(_CHUNKS)
        if chunks is None:
            chunks = response.aiter_raw() if raw else response.aiter_bytes()
            response.extensions[_CHUNKS] = chunks
        while (chunk := await anext(chunks, None)) is not None:
            if chunk:
                return chunk
        return b""

    async def close(self, response: httpx.Response) -> None:
        """Close an answer, read to its end or not, and leave nothing of it behind."""
        import anyio

        with anyio.CancelScope(shield=True):
            if release := response.extensions.get("release"):
                release()  # counts once, however often it is called
            await response.aclose()
            chunks = response.extensions.pop(_CHUNKS, None)
            if chunks is None:
                return
            # Seven nested generators read a body. One more read, from the closed connection, fails
            # in the innermost and so ends them all; left to the collector, trio warns of each.
            with suppress(Exception):
                for _ in range(_BUFFERED):
                    await anext(chunks)
            await chunks.aclose()

    async def aclose(self) -> None:
        """Close this loop's connections; other loops close theirs when they end."""
        self._closed = True
        if (group := self._groups.get(_running_loop())) and group.end:
            await group.end.aclose()

    async def _least_busy(self) -> _Member:
        group = self._groups.setdefault(_running_loop(), _Group())
        if group.end is None:
            group.end = group.close_at_end()
            await anext(group.end)
        while group and not group[-1].calls and group[-1].since < time.monotonic() - _IDLE:
            await group.pop().client.aclose()  # a burst is over
        least = min(group, key=lambda member: member.calls, default=None)
        if least is None or (least.calls >= _CALLS_PER_CLIENT and len(group) < _MOST_CLIENTS):
            group.append(least := _Member(_new_client(httpx.AsyncClient, direct=self._direct)))
        return least


def _running_loop() -> object:
    """Give what stands for the event loop that runs here."""
    import sniffio

    if sniffio.current_async_library() == "trio":
        import trio

        return trio.lowlevel.current_trio_token()
    import asyncio

    return asyncio.get_running_loop()
