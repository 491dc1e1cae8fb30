"""Many threads, many calls, many loops, many processes: nothing mixes up, nothing piles up."""

from __future__ import annotations

import asyncio
import gc
import json
import subprocess
import sys
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import anyio
import pytest

from aistats import (
    AIStats,
    AsyncAIStats,
    ConnectionFailedError,
    Retry,
)
from tests.conftest import ROOT
from tests.trust.matrix import ASYNC_CALLS, CALLS, KEY, respond
from tests.trust.wire import Wire

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path


def answer(body: bytes, status: bytes = b"200 OK") -> bytes:
    """Write an answer."""
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body


def echo(request: bytes) -> bytes:
    """Answer a look at a video with its own id, and the rest as the matrix does."""
    line = request.partition(b"\r\n")[0]
    if line.startswith(b"GET /v1/videos/n"):
        return answer(b'{"id":"%s"}' % line.split(b" ")[1].rpartition(b"/")[2])
    if b"missing" in line:
        return answer(b'{"error":"not_found"}', b"404 Not Found")
    return respond(request)


@pytest.fixture
def gateway() -> Iterator[Wire]:
    """Run a gateway."""
    with Wire(echo) as server:
        yield server


def run_program(*arguments: str, timeout: float = 120) -> str:
    """Run Python in a fresh process and give what it prints."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'generated'}"},
        capture_output=True,
        check=False,
        timeout=timeout,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_32_threads_share_a_client(gateway: Wire) -> None:
    """200 calls each, and everybody gets the answers to their own questions."""

    def ask(thread: int) -> bool:
        names = [f"n{thread}-{call}" for call in range(200)]
        return [client.videos.retrieve(name)["id"] for name in names] == names

    base_url = f"{gateway.url}/v1"
    with AIStats(KEY, base_url=base_url) as client, ThreadPoolExecutor(32) as pool:
        assert all(pool.map(ask, range(32)))
    assert len(gateway.requests) == 32 * 200
    assert gateway.connections <= 32


FIRST_USE = """
import sys, threading
start = threading.Barrier(16)
failures = []

def use(number):
    try:
        start.wait()
        from aistats import AIStats, usage_of
        client = shared[0] if shared else AIStats(KEY, base_url=sys.argv[1])
        if number % 4 == 0:
            assert client.chat.completions.create(model="m/m", messages=[]).output_text == "hello"
        elif number % 4 == 1:
            with client.responses.stream(model="m/m", input="x") as stream:
                assert stream.final() and stream.text == "hello"
        elif number % 4 == 2:
            client.audio.transcriptions.create(file=b"x", model="m/m").text
        else:
            assert client.videos.job("v1").refresh().succeeded
    except BaseException as error:
        failures.append(repr(error))

KEY = "phaseo_v1_sk_demo00000000_not-a-real-secret"
shared = []
if sys.argv[2] == "client":
    from aistats import AIStats
    shared.append(AIStats(KEY, base_url=sys.argv[1]))
threads = [threading.Thread(target=use, args=(number,)) for number in range(16)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(threads), failures)
"""


@pytest.mark.parametrize("shared", ["import", "client"])
def test_the_very_first_use_by_16_threads_at_once(gateway: Wire, shared: str) -> None:
    """In a fresh process, the import itself included, or one client that was never used."""
    assert run_program("-c", FIRST_USE, f"{gateway.url}/v1", shared) == "16 []\n"


FORK = """
import os, sys
from aistats import AIStats
client = AIStats("phaseo_v1_sk_demo00000000_not-a-real-secret", base_url=sys.argv[1])
if sys.argv[2] == "used":
    client.videos.retrieve("n0")
children = []
for number in range(4):
    if (child := os.fork()) == 0:
        good = all(client.videos.retrieve(f"n{number}-{n}")["id"] == f"n{number}-{n}" for n in range(9))
        os._exit(0 if good else 1)
    children.append(child)
assert all(client.videos.retrieve(f"n9-{n}")["id"] == f"n9-{n}" for n in range(9))
print([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children])
"""  # noqa: E501 - a program


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="needs fork")
@pytest.mark.parametrize("use", ["unused", "used"])
def test_a_client_survives_fork(gateway: Wire, use: str) -> None:
    """Made before the fork, it works in the parent and in every child, on their own sockets."""
    assert run_program("-c", FORK, f"{gateway.url}/v1", use) == "[0, 0, 0, 0]\n"


@pytest.mark.parametrize(("colour", "calls"), [("sync", 10_000), ("async", 2_000)])
def test_memory_stays_flat(gateway: Wire, colour: str, calls: int) -> None:
    """After thousands of calls of all kinds, errors too, as much is held as before them."""
    arguments = ("-m", "tests.trust.endurance", colour, f"{gateway.url}/v1", str(calls))
    found = json.loads(run_program(*arguments))
    assert found["objects"] < 200
    assert found["megabytes"] < 2.0


def on_every_loop(client: AsyncAIStats, backend: str) -> None:
    """Make a few calls on a loop of its own."""

    async def ask(name: str) -> None:
        assert (await client.videos.retrieve(name))["id"] == name

    async def main() -> None:
        async with anyio.create_task_group() as group:
            for number in range(8):
                group.start_soon(ask, f"n{number}")

    anyio.run(main, backend=backend)


def test_one_async_client_on_many_loops(gateway: Wire) -> None:
    """One after the other, of both kinds, and eight at once in threads."""
    client = AsyncAIStats(KEY, base_url=f"{gateway.url}/v1")
    for backend in ("asyncio", "trio", "asyncio"):
        on_every_loop(client, backend)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(on_every_loop, [client] * 8, ["asyncio", "trio"] * 4))
    assert len(gateway.requests) == 11 * 8
    assert gateway.all_left()
    asyncio.run(client.aclose())


class Closing:
    """Answers the first request of a connection and reads, but does not answer, the second."""

    def __init__(self, *, reads_the_second: bool) -> None:
        self.idle = threading.Semaphore(0)
        self._reads = reads_the_second

    def __call__(self, server: Wire, connection: socket.socket) -> None:
        connection.sendall(b"".join(server.respond(server.read(connection))))
        if self._reads:
            server.read(connection)
        connection.close()
        self.idle.release()


@pytest.mark.parametrize("name", ["GET", "billed POST", "text POST"])
@pytest.mark.parametrize("colour", ["sync", "asyncio"])
def test_an_idle_connection_that_the_server_closed(colour: str, name: str, tmp_path: Path) -> None:
    """Found closed before anything is written, it is replaced, whatever the call.

    An event loop that was blocked meanwhile knows nothing of it.
    """
    fault, once = Closing(reads_the_second=False), Retry(attempts=1)

    async def three_calls() -> None:
        async with AsyncAIStats(KEY, base_url=f"{server.url}/v1", retry=once) as client:
            for _ in range(3):
                await ASYNC_CALLS[name](client, tmp_path)
                assert fault.idle.acquire(timeout=60)

    with Wire(echo, fault) as server:
        if colour == "sync":
            with AIStats(KEY, base_url=f"{server.url}/v1", retry=once) as client:
                for _ in range(3):
                    CALLS[name](client, tmp_path)
                    assert fault.idle.acquire(timeout=60)
        else:
            anyio.run(three_calls)
        assert (len(server.requests), server.connections) == (3, 3)


@pytest.mark.parametrize("name", ["GET", "billed POST", "text POST"])
@pytest.mark.parametrize("colour", ["sync", "asyncio"])
def test_an_idle_connection_that_the_server_closes_under_a_request(
    colour: str, name: str, tmp_path: Path
) -> None:
    """Once the request is written nobody knows what was done: a GET repeats, a POST does not."""

    def twice() -> None:
        with AIStats(KEY, base_url=f"{server.url}/v1", retry=Retry(base=0.0)) as client:
            CALLS[name](client, tmp_path)
            CALLS[name](client, tmp_path)

    async def twice_async() -> None:
        async with AsyncAIStats(KEY, base_url=f"{server.url}/v1", retry=Retry(base=0.0)) as client:
            await ASYNC_CALLS[name](client, tmp_path)
            await ASYNC_CALLS[name](client, tmp_path)

    def work() -> None:
        twice() if colour == "sync" else anyio.run(twice_async)

    with Wire(echo, Closing(reads_the_second=True)) as server:
        if name == "GET":
            work()
        else:
            with pytest.raises(ConnectionFailedError) as caught:
                work()
            assert caught.value.may_have_run
        assert len(server.requests) == (3 if name == "GET" else 2)


def test_a_client_that_is_garbage_leaks_nothing(gateway: Wire) -> None:
    """Nobody closed it: its connection ends with it, with one warning at most."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        AIStats(KEY, base_url=f"{gateway.url}/v1").videos.retrieve("n1")
        gc.collect()
        assert gateway.all_left()
    assert len(caught) <= 1, [str(each.message) for each in caught]
    assert not any(KEY in str(each.message) for each in caught)


@pytest.mark.parametrize("colour", ["asyncio", "trio"])
def test_an_async_client_that_is_garbage_leaks_nothing(gateway: Wire, colour: str) -> None:
    """The same for an async one, which its loop closes."""

    async def main() -> None:
        await AsyncAIStats(KEY, base_url=f"{gateway.url}/v1").videos.retrieve("n1")
        gc.collect()

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        anyio.run(main, backend=colour)
        gc.collect()
        assert gateway.all_left()
    assert len(caught) <= 1, [str(each.message) for each in caught]
