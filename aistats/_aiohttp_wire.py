"""What `_wire` and `_idle` do for httpcore's connections, done for aiohttp's.

A protocol of ours stands between each socket and aiohttp's parser. It bounds the head of an answer
in time and size, gives every phase its timeout, and lets nothing through that nobody asked for.
"""

from __future__ import annotations

import asyncio
import warnings
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakSet

import aiohttp

from aistats import _async_connections as ours
from aistats._idle import KEEP_IDLE, PROBES, is_readable
from aistats._wire import ENDLESS_HEAD, LONGEST_HEAD

if TYPE_CHECKING:
    from collections.abc import Generator

    from aiohttp.client_proto import ResponseHandler
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace

    from aistats._aiohttp_exchange import Exchange

_END_OF_HEAD: Final = b"\r\n\r\n"


class Link(asyncio.Protocol):
    """Stands between a socket and aiohttp's parser for as long as the connection lives."""

    def __init__(self, transport: asyncio.Transport, parser: ResponseHandler) -> None:
        """Take the place of the parser at the transport."""
        self.transport = transport
        self.exchange: Exchange | None = None
        self._parser = parser
        self._size = 0
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._sock: Any = transport.get_extra_info("socket")
        if self._sock is not None:
            for option in PROBES:
                self._sock.setsockopt(*option)
        transport.set_protocol(self)

    def begin(self, exchange: Exchange) -> None:
        """A request is about to be sent."""
        self.exchange, self._size = exchange, 0
        exchange.begin(self)

    def watch(self, due: float) -> None:
        """Look at the time then, or before: one timer serves many calls, and is seldom cancelled.

        A cancelled one would stay in the loop until its time has come.
        """
        if self._timer is None or self._timer.when() > due:
            self._stop_timer()
            self._timer = self._loop.call_at(due, self._look_at_the_time)

    def _look_at_the_time(self) -> None:
        self._timer = None
        if self.exchange is None or self.exchange.due is None:
            return
        if self.exchange.due <= self._loop.time():
            self.exchange.expire()
        else:
            self.watch(self.exchange.due)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def retire(self) -> None:
        """Be closed: now if idle, else with the answer."""
        self._parser.force_close()
        if self.exchange is None:
            self.transport.abort()

    def is_usable(self) -> bool:
        """Say whether the server has neither closed it nor said more than it was asked."""
        idle = self.exchange is None and not self._parser.should_close
        return idle and not (self._sock is not None and is_readable(self._sock))

    def data_received(self, data: bytes) -> None:
        """Pass on what belongs to the answer that is awaited."""
        exchange = self.exchange
        if exchange is None:  # it would be taken for the next call's answer
            self.transport.abort()
            return
        if exchange.awaits_head:
            data = self._pass_head(exchange, data)
        if not self.transport.is_closing():
            self._parser.data_received(data)
        if exchange.passed():
            self.exchange = None

    def _pass_head(self, exchange: Exchange, data: bytes) -> bytes:
        """Pass on the first head in `data` and give what follows.

        Then bytes behind a body that is too long do not cost the answer that they came with.
        """
        self._size += len(data)
        if self._size > LONGEST_HEAD:
            exchange.refuse(ENDLESS_HEAD)
            return b""
        head, end, rest = data.partition(_END_OF_HEAD)
        if rest:
            self._parser.data_received(head + end)
        return rest or data

    def eof_received(self) -> None:
        """Pass it on; the transport then closes itself."""
        self._parser.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell both, the answer first."""
        self._stop_timer()
        exchange, self.exchange = self.exchange, None
        if exchange is not None:
            exchange.lose(exc)
        self._parser.connection_lost(exc)
        if exchange is not None:
            exchange.passed()

    def pause_writing(self) -> None:
        """Pass it on."""
        self._parser.pause_writing()

    def resume_writing(self) -> None:
        """Pass it on."""
        self._parser.resume_writing()


class Connector(aiohttp.TCPConnector):
    """aiohttp's connections; each call gets one, once, and none that is found closed.

    aiohttp would repeat some calls by itself. Whether a call may be repeated is not its business,
    so it gets no second connection.
    """

    _retired = False

    def __init__(self) -> None:
        """Bound nothing but the number of connections being opened at the same moment."""
        super().__init__(limit=0, keepalive_timeout=KEEP_IDLE)
        # By task: a context variable would keep requests alive in every timer of aiohttp's.
        self._exchanges: dict[asyncio.Task[Any] | None, Exchange] = {}
        self._links: WeakSet[Link] = WeakSet()
        self._own_loop = asyncio.get_running_loop()
        self._turns: defaultdict[object, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(ours.OPENING_AT_ONCE)
        )

    @property
    def closed(self) -> bool:
        """Whether nothing is left to close, or nothing can be closed any more."""
        return self._retired or super().closed or self._own_loop.is_closed()

    def __del__(self, _warnings: Any = warnings) -> None:
        """Have aiohttp complain of what nobody else closes or complains of."""
        if not self.closed:
            super().__del__(_warnings)

    def retire(self) -> None:
        """Close what is idle now, and the rest with the answers in use."""
        self._retired = True
        for link in self._links:
            link.retire()

    async def aclose(self) -> None:
        """Close every connection, also those that aiohttp is closing.

        It forgets these, and over TLS they wait for the server to say goodbye.
        """
        for link in self._links:
            link.transport.abort()
        await self.close()

    @contextmanager
    def serving(self, exchange: Exchange) -> Generator[None]:
        """Let this task have a connection for `exchange`."""
        task = asyncio.current_task()
        self._exchanges[task] = exchange
        try:
            yield
        finally:
            del self._exchanges[task]
            exchange.give_up_head()

    async def connect(
        self, req: aiohttp.ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> Connection:
        """Give a kept connection or a new one."""
        exchange = self._exchanges[asyncio.current_task()]
        if exchange.link is not None:
            raise aiohttp.ClientConnectionError("the connection was lost")
        async with self._turns[req.host, req.port]:
            while True:
                connection = await super().connect(req, traces, timeout)
                if (link := _link_of(connection)) is not None:
                    self._links.add(link)
                    link.begin(exchange)
                    return connection
                connection.close()


def _link_of(connection: Connection) -> Link | None:
    """Give what stands behind a connection, or None where that cannot be used any more."""
    transport, parser = connection.transport, connection.protocol
    if transport is None or parser is None:
        connection.close()
        raise aiohttp.ClientConnectionError("the server closed the connection at once")
    link = transport.get_protocol()
    if not isinstance(link, Link):
        return Link(transport, parser)
    return link if link.is_usable() else None
