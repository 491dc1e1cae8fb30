"""What the async transport owes to event loops: one set of connections each, closed by its own."""

from __future__ import annotations

import asyncio
import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import anyio
import anyio.lowlevel
import anyio.to_thread
import httpx
import pytest

from aistats import _async_connections
from aistats._aiohttp import aiohttp_transport
from aistats._transport import AsyncTransport
from tests.loopback import OK, Server, say
from tests.test_transport import request

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Iterator

backends = pytest.mark.parametrize("backend", ["asyncio", "trio", "aiohttp"])


def made(backend: str) -> AsyncTransport:
    return aiohttp_transport() if backend == "aiohttp" else AsyncTransport()


def loop_of(backend: str) -> str:
    return "trio" if backend == "trio" else "asyncio"


@contextmanager
def no_collection_but_ours() -> Iterator[None]:
    """Keep the collector from finding something before the test is ready for its warning."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def call(transport: AsyncTransport, sent: httpx.Request) -> bytes:
    response = await transport.send(sent)
    return await response.aread()


def all_at_once(number: int) -> tuple[Server, threading.Barrier]:
    """Make a server that answers nobody before `number` requests have come."""
    everybody = threading.Barrier(number)

    def wait_for_everybody(connection: socket.socket, _: bytes) -> None:
        everybody.wait(timeout=60)
        connection.sendall(OK)

    return Server(wait_for_everybody), everybody


@backends
def test_no_call_waits_for_another(backend: str) -> None:
    """However many calls are under way, each has its connection: nothing is throttled."""

    async def together() -> None:
        transport = made(backend)
        async with anyio.create_task_group() as group:
            for _ in range(300):
                group.start_soon(call, transport, request(server.url))
        await transport.aclose()

    server, everybody = all_at_once(300)
    with server:
        anyio.run(together, backend=loop_of(backend))
        assert not everybody.broken
        assert server.connections == 300


@backends
def test_a_second_run_works_and_the_first_leaves_nothing_open(backend: str) -> None:
    transport = made(backend)
    with Server() as server:
        for run in (1, 2):
            assert (
                anyio.run(call, transport, request(server.url), backend=loop_of(backend)) == b"ok"
            )
            assert server.closed.acquire(timeout=60), "the ended loop left its connection open"
            assert server.connections == run
    assert not transport._by_loop


def test_one_transport_serves_asyncio_and_then_trio() -> None:
    transport = AsyncTransport()
    with Server() as server:
        for backend in ("asyncio", "trio", "asyncio"):
            assert anyio.run(call, transport, request(server.url), backend=backend) == b"ok"


@backends
def test_loops_in_several_threads_at_once(backend: str) -> None:
    transport, start = made(backend), threading.Barrier(8)

    async def three_calls() -> list[bytes]:
        start.wait()
        return [await call(transport, request(server.url)) for _ in range(3)]

    with Server() as server, ThreadPoolExecutor(8) as threads:
        answers = list(
            threads.map(lambda _: anyio.run(three_calls, backend=loop_of(backend)), range(8))
        )
        assert answers == [[b"ok"] * 3] * 8
        assert server.connections == 8


@backends
@pytest.mark.parametrize("closer", ["asyncio", "trio"])
def test_closing_reaches_the_connections_of_another_running_loop(backend: str, closer: str) -> None:
    transport, used, over = made(backend), threading.Event(), threading.Event()

    async def stay() -> None:
        await call(transport, request(server.url))
        used.set()
        await anyio.to_thread.run_sync(over.wait)

    async def close_all() -> None:
        await transport.aclose()

    with Server() as server:
        other = threading.Thread(target=lambda: anyio.run(stay, backend=loop_of(backend)))
        other.start()
        assert used.wait(60)
        anyio.run(close_all, backend=closer)
        assert server.closed.acquire(timeout=60), "the other loop's connection stayed open"
        over.set()
        other.join()


@pytest.mark.parametrize("backend", ["asyncio", "aiohttp"])
def test_a_loop_closed_without_farewell_is_forgotten(
    backend: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing can be closed on such a loop; asyncio itself then warns of the open socket."""
    transport = made(backend)
    with Server() as server, no_collection_but_ours():
        loop = asyncio.new_event_loop()
        loop.run_until_complete(call(transport, request(server.url)))
        loop.close()
        assert anyio.run(call, transport, request(server.url)) == b"ok"
        assert loop not in transport._by_loop
        del loop
        with pytest.warns(ResourceWarning, match="unclosed"):
            gc.collect()
    assert caplog.text == ""


@backends
def test_a_transport_that_is_garbage_warns_once_and_closes_its_connections(backend: str) -> None:
    """Its sockets' numbers must be free only when nothing of it still means to use them."""

    async def use_and_lose() -> None:
        transports = [made(backend)]
        async with anyio.create_task_group() as group:
            for _ in range(5):
                group.start_soon(call, transports[0], request(server.url))
        with pytest.warns(ResourceWarning, match="aclose") as warned:
            transports.clear()  # nothing refers to it in a circle, so that this is its end
        assert len(warned) == 1
        for _ in range(server.connections):
            assert await anyio.to_thread.run_sync(lambda: server.closed.acquire(timeout=60))

    server, _ = all_at_once(5)
    with server:
        anyio.run(use_and_lose, backend=loop_of(backend))


@backends
def test_a_burst_opens_few_connections_at_the_same_moment(
    backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Calls that wait for their turn to open take a connection that became free instead."""
    monkeypatch.setattr(_async_connections, "OPENING_AT_ONCE", 2)

    async def burst() -> None:
        transport = made(backend)
        async with anyio.create_task_group() as group:
            for _ in range(200):
                group.start_soon(call, transport, request(server.url))
        await transport.aclose()

    with Server() as server:
        anyio.run(burst, backend=loop_of(backend))
        assert len(server.requests) == 200
        assert server.connections < 150


@backends
def test_the_turn_of_a_cancelled_call_is_the_next_ones(
    backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cancel every other call of a burst at each of its first steps: the rest all get through."""
    monkeypatch.setattr(_async_connections, "OPENING_AT_ONCE", 1)

    async def cancelled_at(transport: AsyncTransport, step: int) -> None:
        with anyio.CancelScope() as scope:
            async with anyio.create_task_group() as group:
                group.start_soon(cancel_after, scope, step)
                await call(transport, request(server.url))

    async def cancel_after(scope: anyio.CancelScope, steps: int) -> None:
        for _ in range(steps):
            await anyio.lowlevel.checkpoint()
        scope.cancel()

    async def call_and_count(transport: AsyncTransport) -> None:
        answers.append(await call(transport, request(server.url)))

    async def burst() -> None:
        transport = made(backend)
        with anyio.fail_after(60):
            async with anyio.create_task_group() as group:
                for step in range(40):
                    group.start_soon(cancelled_at, transport, step)
                    group.start_soon(call_and_count, transport)
        await transport.aclose()

    answers: list[bytes] = []
    with Server() as server:
        anyio.run(burst, backend=loop_of(backend))
        assert answers == [b"ok"] * 40


@backends
def test_a_cancelled_call_closes_its_connection(backend: str) -> None:
    async def give_up() -> None:
        transport = made(backend)
        async with anyio.create_task_group() as group:
            group.start_soon(call, transport, request(server.url))
            while not server.requests:
                await anyio.lowlevel.checkpoint()
            group.cancel_scope.cancel()
        assert await anyio.to_thread.run_sync(lambda: server.closed.acquire(timeout=60))
        await transport.aclose()

    with Server(lambda *_: None) as server:
        anyio.run(give_up, backend=loop_of(backend))


@backends
def test_an_abandoned_answer_closes_its_connection(backend: str) -> None:
    async def read_the_head() -> None:
        transport = made(backend)
        response = await transport.send(request(server.url))
        assert response.headers["content-length"] == "9"
        await response.aclose()
        assert await anyio.to_thread.run_sync(lambda: server.closed.acquire(timeout=60))
        await transport.aclose()

    with Server(say(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome")) as server:
        anyio.run(read_the_head, backend=loop_of(backend))


@backends
def test_a_body_made_on_the_way_is_sent_in_chunks(backend: str) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for word in (b"one", b"two"):
            await anyio.lowlevel.checkpoint()
            yield word

    async def upload() -> None:
        transport = made(backend)
        assert await call(transport, request(server.url, "POST", content=pieces())) == b"ok"
        await transport.aclose()

    with Server() as server:
        anyio.run(upload, backend=loop_of(backend))
        assert server.requests[0].endswith(b"3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n")


def test_a_callers_async_client_is_used_and_left_open() -> None:
    async def answer(seen: httpx.Request) -> httpx.Response:
        return httpx.Response(200, text=str(seen.url))

    async def use() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
            transport = AsyncTransport(client)
            assert await call(transport, request("http://example.test/?a=1")) == (
                b"http://example.test/?a=1"
            )
            await transport.aclose()
            assert not client.is_closed
            with pytest.raises(RuntimeError, match="closed"):
                await transport.send(request("http://example.test"))

    anyio.run(use)
