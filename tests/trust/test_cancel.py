"""Cancelled at its every await, a call leaves no task, no socket and no file, and says so."""

from __future__ import annotations

import asyncio
import types
from collections.abc import Callable, Coroutine, Generator
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import pytest

from aistats import AsyncAIStats, Poll, Retry
from tests.trust.matrix import ASYNC_CALLS, KEY, respond
from tests.trust.wire import Wire

if TYPE_CHECKING:
    from pathlib import Path

MOST = 400
"""Awaits of one call; far more than any has."""
PACE = Poll(default=0.0, floor=0.0, ceiling=0.0)

Call = Callable[[AsyncAIStats, Any], Any]


@types.coroutine
def stepping(
    coroutine: Coroutine[Any, Any, Any], number: int, strike: Callable[[], object]
) -> Generator[Any, Any, bool]:
    """Run a coroutine and call `strike` as it reaches its await of this number; False: it ended."""
    reached = 0
    step: Callable[[Any], Any] = coroutine.send
    value: Any = None
    while True:
        try:
            awaited = step(value)
        except StopIteration:
            return reached >= number
        reached += 1
        if reached == number:
            strike()
        try:
            value, step = (yield awaited), coroutine.send
        except BaseException as error:  # noqa: BLE001 - the coroutine decides about it
            value, step = error, coroutine.throw


async def _wait_all(client: AsyncAIStats, _: Any) -> None:
    jobs = [client.videos.job("v1") for _ in range(3)]
    await client.jobs.wait_all(jobs, timeout=60, poll=PACE)


async def _as_completed(client: AsyncAIStats, _: Any) -> None:
    jobs = [client.videos.job("v1") for _ in range(3)]
    async with client.jobs.as_completed(jobs, timeout=60, poll=PACE) as ended:
        async for _job in ended:
            pass


async def _retry(client: AsyncAIStats, folder: Path) -> None:
    await client.with_options(retry=Retry(base=0.001)).files.list().first_page()


CALLS: dict[str, Call] = {
    **{name: ASYNC_CALLS[name] for name in ("GET", "stream", "upload", "download", "poll")},
    "wait_all": _wait_all,
    "as_completed": _as_completed,
    "retry": _retry,
}


class Flaky:
    """Answers what the matrix answers, and every other look at the files with a 503."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self, request: bytes) -> bytes:
        if b"/files" not in request:
            return respond(request)
        self.looks += 1
        if self.looks % 2:
            return b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
        return b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"data":[]}'


async def _once(client: AsyncAIStats, call: Call, folder: Path) -> None:
    await call(client, folder)


async def on_asyncio(base_url: str, call: Call, folder: Path, number: int) -> bool:
    """Cancel the call at one await, natively; False when it has fewer."""
    async with AsyncAIStats(KEY, base_url=base_url) as client:
        before = asyncio.all_tasks()

        async def body() -> bool:
            task = asyncio.current_task()
            assert task
            return await stepping(_once(client, call, folder), number, task.cancel)

        task = asyncio.ensure_future(body())
        await asyncio.wait([task])
        assert asyncio.all_tasks() == before, "a task was left behind"
        if not task.cancelled():
            assert not task.result(), "a cancellation was swallowed"
        return task.cancelled()


async def on_trio(base_url: str, call: Call, folder: Path, number: int) -> bool:
    """Cancel the call at one await by its scope; False when it has fewer."""
    async with AsyncAIStats(KEY, base_url=base_url) as client:
        reached = False
        with anyio.CancelScope() as scope:
            reached = await stepping(_once(client, call, folder), number, scope.cancel)
        assert not reached or not scope.cancelled_caught
        return scope.cancel_called


WAYS = {"asyncio": on_asyncio, "trio": on_trio}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("backend", WAYS)
def test_cancelled_at_every_await(backend: str, name: str, tmp_path: Path) -> None:
    """For every await there is: cancelled there, nothing is left behind."""
    awaits = 0
    for number in range(1, MOST):
        folder = tmp_path / str(number)
        folder.mkdir()
        with Wire(Flaky()) as server:
            cancelled = anyio.run(
                *(WAYS[backend], f"{server.url}/v1", CALLS[name], folder, number),
                backend=backend,
            )
            assert server.all_left(), f"a connection was left open at await {number}"
        left = {path.name for path in folder.iterdir()} - {"sound.wav"}
        assert left <= {"video.mp4"}, f"at await {number}"
        if not cancelled:
            break
        awaits = number
    assert 1 <= awaits < MOST - 1


@pytest.mark.parametrize("name", ["wait_all", "as_completed", "download"])
@pytest.mark.parametrize("backend", WAYS)
def test_cancelled_while_other_tasks_work(backend: str, name: str, tmp_path: Path) -> None:
    """Cancelled after so many turns of the loop, wherever the tasks behind the call are by then."""

    async def main(base_url: str, turns: int, folder: Path) -> bool:
        async with AsyncAIStats(KEY, base_url=base_url) as client:
            with anyio.CancelScope() as scope:
                async with anyio.create_task_group() as group:
                    group.start_soon(strike, scope, turns)
                    await CALLS[name](client, folder)
                    group.cancel_scope.cancel()
            return scope.cancelled_caught

    async def strike(scope: anyio.CancelScope, turns: int) -> None:
        for _ in range(turns):
            await anyio.lowlevel.checkpoint()
        scope.cancel()

    caught = 0
    for turns in (*range(12), *range(12, 120, 4)):  # the quickest call takes few turns
        folder = tmp_path / str(turns)
        folder.mkdir()
        with Wire(Flaky()) as server:
            caught += anyio.run(*(main, f"{server.url}/v1", turns, folder), backend=backend)
            assert server.all_left(), f"a connection was left open after {turns} turns"
        assert {path.name for path in folder.iterdir()} <= {"video.mp4"}
    assert caught >= 5
