"""Which idle connections are kept, for how long, and which of them may be used again."""

from __future__ import annotations

import select
import socket
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import httpcore
import httpx

from aistats._tls import shared_tls

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

    from aistats._wire import Heads

KEEP_IDLE: Final = 55.0
"""Seconds an idle connection is kept: longer than the 20 or 30 s between two looks at a job, and
shorter than the 60 s after which common load balancers close one (AWS 60, nginx 75, Cloudflare
400), so that it is us who close it and a call seldom meets a connection that just went."""

_MOST_IDLE: Final = 512  # per server; what a burst leaves beyond that is closed

C = TypeVar("C", httpcore.HTTP11Connection, httpcore.AsyncHTTP11Connection)


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


def is_readable(sock: Any) -> bool:
    """Say whether something came that the event loop did not yet look at; an end counts as well."""
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([sock], [], [], 0)[0])
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))


class Kept(Generic[C]):
    """A connection, the heads that go over it, and whether it can still be used."""

    __slots__ = ("connection", "heads", "idle_since")

    def __init__(self, connection: C, heads: Heads) -> None:
        self.connection: C = connection
        self.heads = heads
        self.idle_since = 0.0

    @property
    def is_old(self) -> bool:
        """Whether it has been idle for too long."""
        return time.monotonic() - self.idle_since > KEEP_IDLE

    @property
    def is_usable(self) -> bool:
        """Whether the server has neither closed it nor said more than it was asked."""
        return not self.is_old and not self.connection.has_expired() and not self._has_surplus()

    def _has_surplus(self) -> bool:
        # Bytes after the end of an answer would be taken for the next call's answer. Only h11
        # knows of them, and httpcore shows it to nobody.
        h11: Any = self.connection._h11_state  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        return bool(h11.trailing_data[0])


class Stack(Generic[C]):
    """The idle connections to one server. Every step is atomic: threads need no lock."""

    def __init__(self, request: httpx.Request) -> None:
        url = request.url
        try:
            url.raw_host.decode("ascii").encode("idna")
        except UnicodeError as error:  # Python's resolver would fail on it with just that
            reason = f"{url.host!r} cannot be a host name: {error}"
            raise httpx.ConnectError(reason, request=request) from error
        self.host = url.raw_host.decode("ascii")
        self.port = url.port or (443 if url.scheme == "https" else 80)
        self.origin = httpcore.Origin(url.raw_scheme, url.raw_host, self.port)
        self.closed = False
        self._idle: deque[Kept[C]] = deque()

    def tls(self) -> ssl.SSLContext | None:
        """Give what a new connection to this server encrypts with, if it is to."""
        return shared_tls() if self.origin.scheme == b"https" else None

    def take(self, unusable: list[Kept[C]]) -> Kept[C] | None:
        """Give the connection used last; add to `unusable` those to close."""
        while self._idle:
            try:
                kept = self._idle.pop()
            except IndexError:  # another thread was faster
                break
            if kept.is_usable:
                unusable += self._too_old()
                return kept
            unusable.append(kept)
        return None

    def _too_old(self) -> list[Kept[C]]:
        """Give up the connection that has been idle longest, if that is too long."""
        with suppress(IndexError):  # there is none, or another thread was faster
            if self._idle[0].is_old:
                return [self._idle.popleft()]
        return []

    def keep(self, kept: Kept[C]) -> bool:
        """Keep a connection for the next call, if that makes sense."""
        if self.closed or len(self._idle) >= _MOST_IDLE or not kept.connection.is_idle():
            return False
        kept.idle_since = time.monotonic()
        self._idle.append(kept)
        return True

    def empty(self) -> Iterator[Kept[C]]:
        """Give up every connection, and take none back."""
        self.closed = True
        while self._idle:
            yield self._idle.pop()
