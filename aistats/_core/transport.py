"""Takes an `httpx.Request` and gives the open `httpx.Response`: over our own connections, over the
caller's `httpx` client, or over a private one where the environment asks for a proxy.

Making a transport opens nothing and reads nothing; everything happens at the first request.
"""

from __future__ import annotations

import os
import warnings
import weakref
from typing import TYPE_CHECKING, Any, Protocol
from urllib.request import getproxies

import httpx

from aistats._loops import is_over, run_on, running_loop
from aistats._quiet import QuietURL, hide_queries_in_the_log
from aistats._tls import shared_tls
from aistats.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

_NEVER_CONNECTED = (
    httpx.ConnectError,  # refused, DNS, TLS handshake
    httpx.ConnectTimeout,
    httpx.PoolTimeout,  # a caller's client had no connection to give
    httpx.ProxyError,  # the tunnel to the gateway was not opened
)


_NO_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=None)


_FORGOTTEN = "A client was thrown away with its connections open: use `with`, or call {}."


def never_sent(error: httpx.TransportError) -> bool:
    """Say whether an error proves that no byte of the request left this machine.

    True is certain: there was no connection. Everything else may have reached the server. That
    includes a kept connection which the server closed while the request was on its way: httpx
    replaces one that it finds closed before writing, and of a later end nobody knows what was read.
    """
    return isinstance(error, _NEVER_CONNECTED)


class ClientClosedError(ConfigurationError, RuntimeError):
    """The client was closed before this call."""


def closed(whose: str = "this client") -> ClientClosedError:
    """Build the error of a call that comes too late."""
    return ClientClosedError(f"{whose} is closed: make a new one, or close it later")


class _Sync(Protocol):
    def send(self, request: httpx.Request) -> httpx.Response: ...
    def close(self) -> None: ...


class Way(Protocol):
    """What one event loop sends with."""

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send the request and give the answer with its body unread."""
        ...

    async def aclose(self) -> None:
        """Close idle connections, and those in use with their answers."""
        ...


class SyncTransport:
    """Sends the requests of one blocking client and of its copies. Threads may share it."""

    def __init__(self, http_client: httpx.Client | None = None) -> None:
        """Use the caller's client, which stays the caller's to close, or open connections later."""
        self._given = None if http_client is None else _HttpxSync(http_client)
        self._by_process: dict[int, _Sync] = {}
        self._closed = False
        self._last_resort = _when_garbage(self, _close_forgotten, self._by_process)

    def send(self, request: httpx.Request) -> httpx.Response:
        """Send the request and give the answer with its body unread; close it after use."""
        if self._closed:
            raise closed()
        if self._given is not None:
            return self._given.send(request)
        return (self._by_process.get(os.getpid()) or self._start()).send(request)

    def _start(self) -> _Sync:
        """Make this process's way to send; `setdefault` lets one of many threads win, lock-free."""
        process = os.getpid()
        own = self._by_process.setdefault(process, _sync_way())
        for other in [known for known in self._by_process if known != process]:
            # This is a fork: the parent goes on using its sockets, so ours are new ones, and its
            # are closed here, which the server does not notice while the parent has them.
            self._by_process.pop(other).close()
        return own

    def close(self) -> None:
        """Close our idle connections; nothing can be sent any more."""
        self._closed = True
        self._last_resort.detach()
        for own in self._by_process.values():
            own.close()


class AsyncTransport:
    """Sends the requests of one async client and of its copies, on any number of event loops."""

    def __init__(
        self, http_client: httpx.AsyncClient | None = None, *, own: Callable[[], Way] | None = None
    ) -> None:
        """Use the caller's client, which stays the caller's to close, or open connections later.

        `own` makes another way to send than our own connections, once per event loop.
        """
        self._given = None if http_client is None else _HttpxAsync(http_client)
        self._own = own or _async_way
        self._by_loop: dict[Any, _OnLoop] = {}
        self._closed = False
        self._last_resort = _when_garbage(self, _close_forgotten_loops, self._by_loop)

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send the request and give the answer with its body unread; close it after use."""
        if self._closed:
            raise closed()
        if self._given is not None:
            return await self._given.send(request)
        loop = running_loop()
        own = self._by_loop.get(loop) or await self._start(loop)
        return await own.way.send(request)

    async def _start(self, loop: Any) -> _OnLoop:
        for known in list(self._by_loop):
            if is_over(known):
                self._by_loop.pop(known, None)  # it ended without a farewell: see `_OnLoop`
        by_loop = self._by_loop  # not self: the guard must not keep the transport alive
        own = by_loop[loop] = _OnLoop(self._own(), lambda: by_loop.pop(loop, None))
        await anext(own.guard)
        return own

    async def aclose(self) -> None:
        """Close our idle connections, each on its own loop; nothing can be sent any more."""
        self._closed = True
        self._last_resort.detach()
        here = self._by_loop.get(running_loop())
        for loop, own in list(self._by_loop.items()):
            if own is not here and not is_over(loop):
                run_on(loop, own.guard.aclose)
        if here is not None:
            await here.guard.aclose()


def _when_garbage(
    transport: object, close: Callable[[dict[Any, Any]], None], ways: dict[Any, Any]
) -> weakref.finalize[[dict[Any, Any]], Any]:
    """Have `close` called when a transport nobody closed is garbage.

    Until then this keeps the connections alive. Were they garbage together with the transport, the
    sockets could be closed before what is to close them runs, and by then their numbers may belong
    to other connections.
    """
    last_resort = weakref.finalize(transport, close, ways)
    last_resort.atexit = False  # the system closes what a process leaves open
    return last_resort


def _close_forgotten(by_process: dict[int, _Sync]) -> None:
    for own in by_process.values():
        own.close()
    if by_process:
        warnings.warn(_FORGOTTEN.format("close()"), ResourceWarning, stacklevel=2)


def _close_forgotten_loops(by_loop: dict[Any, _OnLoop]) -> None:
    open_ones = [(loop, own) for loop, own in list(by_loop.items()) if not is_over(loop)]
    for loop, own in open_ones:
        run_on(loop, own.guard.aclose)
    if open_ones:
        warnings.warn(_FORGOTTEN.format("aclose()"), ResourceWarning, stacklevel=2)


class _OnLoop:
    """What one event loop sends with, closed by that loop when it ends.

    Connections must be closed on the loop that opened them, and a client may outlive it. Both
    asyncio and trio close the async generators that are still suspended when they shut down: so a
    generator stands guard.
    """

    __slots__ = ("guard", "way")

    def __init__(self, way: Way, forget: Callable[[], object]) -> None:
        self.way = way
        self.guard = _until_the_loop_ends(way, forget)


async def _until_the_loop_ends(
    way: Way, forget: Callable[[], object]
) -> AsyncGenerator[None, None]:
    try:
        yield
    finally:
        forget()
        await way.aclose()


def _no_address(error: httpx.InvalidURL, request: httpx.Request) -> httpx.RemoteProtocolError:
    text = f"the answer redirects to what is no address: {error}"
    return httpx.RemoteProtocolError(text, request=request)


class _HttpxSync:
    """A client of httpx as the way to send: the caller's, or ours where there is a proxy."""

    def __init__(self, client: httpx.Client) -> None:
        hide_queries_in_the_log()
        self._client = client
        self.close = client.close

    def send(self, request: httpx.Request) -> httpx.Response:
        if self._client.is_closed:
            raise closed("the http_client")
        address = request.url
        request.url = QuietURL(address)
        try:
            return self._client.send(request, stream=True, auth=None, follow_redirects=False)
        except httpx.InvalidURL as error:  # httpx reads `Location` even where it follows none
            raise _no_address(error, request) from error
        finally:
            request.url = address


class _HttpxAsync:
    def __init__(self, client: httpx.AsyncClient) -> None:
        hide_queries_in_the_log()
        self._client = client
        self.aclose = client.aclose

    async def send(self, request: httpx.Request) -> httpx.Response:
        if self._client.is_closed:
            raise closed("the http_client")
        address = request.url
        request.url = QuietURL(address)
        try:
            return await self._client.send(request, stream=True, auth=None, follow_redirects=False)
        except httpx.InvalidURL as error:  # httpx reads `Location` even where it follows none
            raise _no_address(error, request) from error
        finally:
            request.url = address


def _sync_way() -> _Sync:
    if _has_proxy():
        return _HttpxSync(httpx.Client(verify=shared_tls(), limits=_NO_LIMITS))
    from aistats._connections import Connections  # late: a process that never calls needs none

    return Connections()


def _async_way() -> Way:
    if way := proxy_way():
        return way
    from aistats._async_connections import AsyncConnections  # late, as above

    return AsyncConnections()


def proxy_way() -> Way | None:
    """Make an async way through the environment's proxies, or give None where there are none."""
    if not _has_proxy():
        return None
    return _HttpxAsync(httpx.AsyncClient(verify=shared_tls(), limits=_NO_LIMITS))


def _has_proxy() -> bool:
    """Say whether httpx would use a proxy for some host; which hosts is then left to httpx."""
    found = getproxies()
    return any(found.get(scheme) for scheme in ("http", "https", "all"))
