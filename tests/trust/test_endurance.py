"""Many threads, many calls, many loops: nothing mixes up, nothing piles up.

`python -m tests.trust.test_endurance COLOUR BASE_URL CALLS` makes so many calls and tells what the
process holds afterwards, as a line of JSON.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import resource
import subprocess
import sys
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import anyio
import pytest

from aistats import AIStats, AIStatsError, AsyncAIStats, ConnectionFailedError, Poll, Retry
from tests.colours import Colour, with_client
from tests.conftest import ROOT
from tests.trust.matrix import ASYNC_CALLS, CALLS, CHAT, KEY, respond, stream, stream_async
from tests.trust.wire import Wire, answer

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path

PACE = Poll(default=0.0, floor=0.0, ceiling=0.0)


def echo(request: bytes) -> bytes:
    """Answer a look at a video with its own id, and the rest as the matrix does."""
    line = request.partition(b"\r\n")[0]
    if line.startswith(b"GET /v1/videos/n"):
        return answer(b'{"id":"%s"}' % line.split(b" ")[1].rpartition(b"/")[2])
    if b"missing" in line:
        return answer(b'{"error":"not_found"}', status=b"404 Not Found")
    return respond(request)


@pytest.fixture
def gateway() -> Iterator[Wire]:
    """Run a gateway."""
    with Wire(echo) as server:
        yield server


def run_program(*arguments: str) -> str:
    """Run Python in a fresh process and give what it prints."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "generated")))},
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.mark.no_cover
def test_32_threads_share_a_client(gateway: Wire) -> None:
    """50 calls each, and everybody gets the answers to their own questions."""

    def ask(thread: int) -> bool:
        names = [f"n{thread}-{call}" for call in range(50)]
        return [client.videos.retrieve(name)["id"] for name in names] == names

    base_url = f"{gateway.url}/v1"
    with AIStats(KEY, base_url=base_url) as client, ThreadPoolExecutor(32) as pool:
        assert all(pool.map(ask, range(32)))
    assert gateway.all_left()
    # A slow machine may repeat one, on a connection whose time had passed.
    assert len({request.partition(b" HTTP/")[0] for request in gateway.requests}) == 32 * 50
    # One a thread, and some anew: on a slow machine an idle one may pass its time.
    assert gateway.connections <= 32 * 4


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


async def _live(client: Any, calls: int) -> None:
    """Make calls of all kinds, errors too, with a client of either colour."""
    for number in range(calls):
        with contextlib.suppress(AIStatsError):
            if number % 8 == 1:
                made = (stream_async if isinstance(client, AsyncAIStats) else stream)(client, ROOT)
            elif number % 8 == 2:
                made = client.videos.job("v1").wait(poll=PACE)
            elif number % 8 == 3:
                made = client.videos.retrieve("missing")
            else:
                made = client.chat.completions.create(**CHAT)
            if isinstance(client, AsyncAIStats):
                await made


def _held() -> tuple[int, float]:
    """Give what this process holds by now: objects of Python, and the peak of its memory in MB."""
    gc.collect()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return len(gc.get_objects()), peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


async def main(colour: str, base_url: str, calls: int) -> None:
    """Make the calls after some that fill the caches."""
    kind = AIStats if colour == "sync" else AsyncAIStats
    client: Any = kind(KEY, base_url=base_url, retry=Retry(attempts=1))
    await _live(client, calls // 5)
    before = _held()
    await _live(client, calls)
    objects, megabytes = (now - then for now, then in zip(_held(), before, strict=True))
    print(json.dumps({"objects": objects, "megabytes": megabytes}))
    client.close() if colour == "sync" else await client.aclose()


@pytest.mark.no_cover
@pytest.mark.parametrize(("colour", "calls"), [("sync", 3_000), ("async", 1_000)])
def test_memory_stays_flat(gateway: Wire, colour: str, calls: int) -> None:
    """After thousands of calls of all kinds, errors too, as much is held as before them."""
    arguments = ("-m", "tests.trust.test_endurance", colour, f"{gateway.url}/v1", str(calls))
    found = json.loads(run_program(*arguments))
    assert found["objects"] < 50
    assert found["megabytes"] < 2.0


def _on_a_loop(client: AsyncAIStats, backend: str) -> None:
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
        _on_a_loop(client, backend)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(_on_a_loop, [client] * 8, ["asyncio", "trio"] * 4))
    assert len(gateway.requests) == 11 * 8
    assert gateway.all_left()
    asyncio.run(client.aclose())


class Closing:
    """Answers the first request of a connection and reads, but does not answer, the second."""

    def __init__(self, *, reads_the_second: bool) -> None:
        self.closed = threading.Semaphore(0)
        self._reads = reads_the_second

    def __call__(self, server: Wire, connection: socket.socket) -> None:
        connection.sendall(b"".join(server.respond(server.read(connection))))
        if self._reads:
            server.read(connection)
        connection.close()
        self.closed.release()


def _calls(
    colour: Colour, name: str, server: Wire, fault: Closing, folder: Path, count: int
) -> None:
    """Make a call several times; where the server closes at once, each after it has."""
    waits = not fault._reads

    async def several(client: Any) -> None:
        for _ in range(count):
            made = (CALLS if colour == "sync" else ASYNC_CALLS)[name](client, folder)
            _ = made if colour == "sync" else await made
            assert not waits or fault.closed.acquire(timeout=60)

    def use(client: Any) -> Any:
        return several(client) if colour != "sync" else asyncio.run(several(client))

    with_client(colour, use, base_url=f"{server.url}/v1", retry=Retry(base=0.0))


idle = pytest.mark.parametrize("name", ["GET", "billed POST", "text POST"])
both = pytest.mark.parametrize("colour", ["sync", "asyncio"])


@idle
@both
def test_an_idle_connection_that_the_server_closed(
    colour: Colour, name: str, tmp_path: Path
) -> None:
    """Found closed before anything is written, it is replaced, whatever the call.

    An event loop that was blocked meanwhile knows nothing of it.
    """
    fault = Closing(reads_the_second=False)
    with Wire(echo, fault) as server:
        _calls(colour, name, server, fault, tmp_path, 3)
        assert (len(server.requests), server.connections) == (3, 3)


@idle
@both
def test_an_idle_connection_that_the_server_closes_under_a_request(
    colour: Colour, name: str, tmp_path: Path
) -> None:
    """Once the request is written nobody knows what was done: a GET repeats, a POST does not."""
    fault = Closing(reads_the_second=True)
    with Wire(echo, fault) as server:
        if name == "GET":
            _calls(colour, name, server, fault, tmp_path, 2)
        else:
            with pytest.raises(ConnectionFailedError) as caught:
                _calls(colour, name, server, fault, tmp_path, 2)
            assert caught.value.may_have_run
        assert len(server.requests) == (3 if name == "GET" else 2)


@pytest.mark.parametrize("colour", ["sync", "asyncio", "trio"])
def test_a_client_that_is_garbage_leaks_nothing(gateway: Wire, colour: Colour) -> None:
    """Nobody closed it: its connection ends with it, with the warnings that plain httpx gives."""

    async def left() -> None:
        await AsyncAIStats(KEY, base_url=f"{gateway.url}/v1").videos.retrieve("n1")
        gc.collect()

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        if colour == "sync":
            AIStats(KEY, base_url=f"{gateway.url}/v1").videos.retrieve("n1")
        else:
            anyio.run(left, backend=colour)
        gc.collect()
        assert gateway.all_left()
    assert len(caught) <= 2, [str(each.message) for each in caught]
    assert not any(KEY in str(each.message) for each in caught)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
