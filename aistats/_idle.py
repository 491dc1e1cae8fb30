"""Which idle connections are kept, for how long, and which of them may be used again."""

from __future__ import annotations

import socket
from collections import deque
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import httpcore
import httpx

from aistats._tls import shared_tls
from aistats._wire import HeadWatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


PROBES: Final = _keep_alive_probes()


class Kept(Generic[C]):
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


class Stack(Generic[C]):
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
            "socket_options": PROBES,
        }
        self.closed = False
        self._idle: deque[Kept[C]] = deque()

    def take(self, unusable: list[Kept[C]]) -> Kept[C] | None:
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

    def _drop(self, kept: Kept[C]) -> bool:
        try:
            self._idle.remove(kept)
        except ValueError:  # another thread was faster
            return False
        return True

    def keep(self, kept: Kept[C]) -> bool:
        """Keep a connection for the next call, if that makes sense."""
        if self.closed or len(self._idle) >= _MOST_IDLE or not kept.is_usable():
            return False
        self._idle.append(kept)
        return True

    def empty(self) -> Iterator[Kept[C]]:
        """Give up every connection, and take none back."""
        self.closed = True
        while self._idle:
            yield self._idle.pop()
