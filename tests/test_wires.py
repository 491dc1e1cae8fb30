"""The streams below our connections: what is written together, kept, held back and given up."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import httpcore
import pytest

from aistats import _asyncio_stream
from aistats._asyncio_stream import _first_to_answer, _in_turns, connect
from aistats._connections import Connections
from aistats._idle import KEEP_IDLE
from aistats._transport import AsyncTransport
from aistats._wire import Heads
from tests.loopback import Server
from tests.test_transport import request, reset

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator


def written(*writes: bytes) -> list[bytes]:
    heads = Heads()
    heads.begin()
    return [part for data in writes for part in heads.to_write(data)]


def test_the_head_of_a_request_leaves_with_the_first_bytes_of_its_body() -> None:
    assert written(b"head", b"body", b"more", b"") == [b"headbody", b"more", b""]
    assert written(b"head", b"") == [b"head"], "without a body it leaves at the end of the request"


def test_a_large_body_is_not_copied_to_be_sent_with_its_head() -> None:
    body = bytes(1_000_000)
    head, rest = written(b"head", body)
    assert head == b"head"
    assert rest is body


def test_every_request_has_a_head() -> None:
    heads = Heads()
    for _ in range(2):
        heads.begin()
        assert list(heads.to_write(b"head")) == []
        assert list(heads.to_write(b"body")) == [b"headbody"]


def test_of_a_body_in_bulk_more_is_read_at_once() -> None:
    heads = Heads()
    heads.begin()
    asked = []
    for size in (1000, 65536, 100_000, 65535, 10):
        heads.took(bytes(size))
        asked.append(heads.to_read(65536))
    assert asked == [65536, 262_144, 262_144, 65536, 65536]
    heads.took(bytes(65536))
    heads.begin()
    assert heads.to_read(65536) == 65536, "the next answer may be a small one"


@contextmanager
def peer(act: Callable[[socket.socket], object]) -> Iterator[int]:
    """Listen, do something with the one connection that comes, and give the port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                act(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


def run(main: Callable[..., Coroutine[Any, Any, None]], *args: object) -> None:
    anyio.run(main, *args, backend="asyncio")


def test_what_came_before_a_reset_is_read() -> None:
    """It may be the answer to a paid request."""

    def answer_and_reset(connection: socket.socket) -> None:
        connection.sendall(b"answer")
        go_on.wait()
        reset(connection)

    async def main(port: int) -> None:
        stream = await connect("127.0.0.1", port, None, 5.0)
        while not stream.get_extra_info("is_readable"):
            await anyio.lowlevel.checkpoint()
        go_on.set()
        while not stream._ended:
            await anyio.lowlevel.checkpoint()
        assert await stream.read(65536, 5.0) == b"answer"
        with pytest.raises(httpcore.ReadError):
            await stream.read(65536, 5.0)
        with pytest.raises(httpcore.WriteError):
            await stream.write(b"more", 5.0)
        await stream.aclose()

    go_on = threading.Event()
    with peer(answer_and_reset) as port:
        run(main, port)


def test_a_slow_reader_holds_the_server_back() -> None:
    """What has come and is not read stays small, and all of it arrives."""
    total = 64 * 1024 * 1024

    async def main(port: int) -> None:
        stream = await connect("127.0.0.1", port, None, 5.0)
        got = most = 0
        while data := await stream.read(65536, 5.0):
            got += len(data)
            for _ in range(5):
                await anyio.lowlevel.checkpoint()
            most = max(most, sum(map(len, stream._unread)))
        assert got == total
        assert 0 < most < 4 * _asyncio_stream._MOST_UNREAD
        await stream.aclose()

    with peer(lambda connection: connection.sendall(bytes(total))) as port:
        run(main, port)


def test_a_slow_server_holds_the_writer_back() -> None:
    total = 64 * 1024 * 1024
    got: list[int] = []

    def read_all(connection: socket.socket) -> None:
        while data := connection.recv(1024 * 1024):
            got.append(len(data))

    async def main(port: int) -> None:
        stream = await connect("127.0.0.1", port, None, 5.0)
        for _ in range(64):
            await stream.write(bytes(total // 64), 5.0)
            transport = stream._transport
            assert transport.get_write_buffer_size() < 2 * 1024 * 1024
        transport.write_eof()
        assert await stream.read(1, 5.0) == b""
        await stream.aclose()

    with peer(read_all) as port:
        run(main, port)
    assert sum(got) == total


def test_a_reset_ends_a_write_under_way() -> None:
    async def main(port: int) -> None:
        stream = await connect("127.0.0.1", port, None, 5.0)
        with anyio.fail_after(60):
            await stream.write(bytes(64 * 1024 * 1024), None)
            with pytest.raises(httpcore.WriteError):
                await stream.write(b"more", None)
        await stream.aclose()

    def read_a_little(connection: socket.socket) -> None:
        connection.recv(1)
        reset(connection)

    with peer(read_a_little) as port:
        run(main, port)


def test_an_idle_connection_that_says_something_shows_it() -> None:
    """Before the loop has taken it from the system, and after."""

    async def main(port: int) -> None:
        stream = await connect("127.0.0.1", port, None, 5.0)
        assert not stream.get_extra_info("is_readable")
        go_on.set()
        said.wait()
        assert stream.get_extra_info("is_readable"), "the loop has had no time to read it"
        while not stream._unread:
            await anyio.lowlevel.checkpoint()
        assert stream.get_extra_info("is_readable")
        await stream.aclose()
        assert stream.get_extra_info("is_readable"), "closed"

    def interrupt(connection: socket.socket) -> None:
        go_on.wait()
        connection.sendall(b"?")
        said.set()
        connection.recv(1)

    go_on, said = threading.Event(), threading.Event()
    with peer(interrupt) as port:
        run(main, port)


def test_the_system_probes_a_silent_connection() -> None:
    async def main(port: int) -> None:
        stream = await connect("127.0.0.1", port, None, 5.0)
        own = stream.get_extra_info("socket")
        assert own.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        await stream.aclose()

    with peer(lambda connection: connection.recv(1)) as port:
        run(main, port)


def test_closing_ends_a_read_under_way() -> None:
    async def main(port: int) -> None:
        stream = await connect("127.0.0.1", port, None, 5.0)
        async with anyio.create_task_group() as group:
            group.start_soon(read, stream)
            await anyio.wait_all_tasks_blocked()
            await stream.aclose()

    async def read(stream: httpcore.AsyncNetworkStream) -> None:
        with pytest.raises(httpcore.ReadError, match="closed by this side"):
            await stream.read(1, 5.0)

    with peer(lambda connection: connection.recv(1)) as port:
        run(main, port)


def test_the_kinds_of_addresses_take_turns() -> None:
    found: list[Any] = [(socket.AF_INET6, number) for number in range(3)]
    found += [(socket.AF_INET, number) for number in range(2)]
    assert [address[0] for address in _in_turns(found)] == [
        *(socket.AF_INET6, socket.AF_INET, socket.AF_INET6, socket.AF_INET, socket.AF_INET6)
    ]


def an_address(listening: socket.socket) -> Any:
    return (socket.AF_INET, socket.SOCK_STREAM, 0, "", listening.getsockname())


def test_an_address_that_is_silent_delays_a_connection_by_a_moment() -> None:
    """The system answers for nobody whose queue is full."""

    async def main() -> None:
        with anyio.fail_after(60):
            found = await _first_to_answer([an_address(deaf), an_address(alive)])
        with found:
            assert found.getpeername() == alive.getsockname()

    with (
        socket.create_server(("127.0.0.1", 0), backlog=0) as deaf,
        socket.create_server(("127.0.0.1", 0)) as alive,
        socket.create_connection(deaf.getsockname()),
    ):
        run(main)


def test_a_refused_address_delays_a_connection_by_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_asyncio_stream, "_HEAD_START", 3600.0)

    async def main() -> None:
        with anyio.fail_after(60):
            found = await _first_to_answer([gone, an_address(alive)])
        with found:
            assert found.getpeername() == alive.getsockname()

    with socket.create_server(("127.0.0.1", 0)) as closed:
        gone = an_address(closed)
    with socket.create_server(("127.0.0.1", 0)) as alive:
        run(main)


def test_the_failures_of_all_addresses_are_named() -> None:
    async def main() -> None:
        with pytest.raises(OSError, match=r"failed.*; .*failed") as failed:
            await _first_to_answer(addresses)
        assert all(str(address[-1][1]) in str(failed.value) for address in addresses)

    with (
        socket.create_server(("127.0.0.1", 0)) as one,
        socket.create_server(("127.0.0.1", 0)) as two,
    ):
        addresses = [an_address(one), an_address(two)]
    run(main)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_cancelled_handshake_closes_its_connection(backend: str) -> None:
    async def main(port: int) -> None:
        transport = AsyncTransport()
        url = f"https://127.0.0.1:{port}"
        async with anyio.create_task_group() as group:
            group.start_soon(transport.send, request(url))
            await anyio.to_thread.run_sync(hello.wait)
            group.cancel_scope.cancel()
        assert await anyio.to_thread.run_sync(over.wait, 5)
        await transport.aclose()

    def listen(connection: socket.socket) -> None:
        while connection.recv(65536):
            hello.set()
        over.set()

    hello, over = threading.Event(), threading.Event()
    with peer(listen) as port:
        anyio.run(main, port, backend=backend)


def test_connections_idle_for_too_long_are_closed() -> None:
    """The one that has waited longest with any call, so that a burst's leftovers go."""
    with Server() as server:
        connections = Connections()
        call = request(server.url)
        first, second = connections.send(call), connections.send(call)
        for response in (first, second):
            response.read()
            response.close()
        (stack,) = connections._stacks.values()
        assert [kept.is_old for kept in stack._idle] == [False, False]
        stack._idle[0].idle_since -= KEEP_IDLE + 1
        connections.send(call).read()
        assert server.closed.acquire(timeout=60)
        assert server.by_connection == [1, 2, 2]
        stack._idle[0].idle_since -= KEEP_IDLE + 1
        connections.send(call).read()
        assert server.closed.acquire(timeout=60)
        assert server.by_connection == [1, 2, 2, 3]
        connections.close()
