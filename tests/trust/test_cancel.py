"""Cancelled at its every await, a call leaves no task, no socket and no file, and says so."""

from __future__ import annotations

import asyncio
import types
from collections.abc import Callable, Coroutine, Generator
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from aistats import AsyncAIStats, Poll, Retry
from tests.trust.matrix import ASYNC_CALLS, KEY, respond
from tests.trust.wire import Wire, answer

MOST = 400
"""Awaits of one call; far more than any has."""
PACE = Poll(default=0.0, floor=0.0, ceiling=0.0)
# httpx's body of a request is an async generator, which a broken-off sending leaves to the
# collector; trio warns of it. It holds nothing.
pytestmark = pytest.mark.filterwarnings(
    "ignore:(?s).*httpx._content.ByteStream.__aiter__:ResourceWarning",
    "ignore:(?s).*ByteStream.__aiter__:pytest.PytestUnraisableExceptionWarning",
)

Call = Callable[[AsyncAIStats, Path], Any]


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


async def _wait_all(client: AsyncAIStats, _: Path) -> None:
    jobs = [client.videos.job("v1") for _ in range(3)]
    await client.jobs.wait_all(jobs, timeout=60, poll=PACE)


async def _as_completed(client: AsyncAIStats, _: Path) -> None:
    jobs = [client.videos.job("v1") for _ in range(3)]
    async with client.jobs.as_completed(jobs, timeout=60, poll=PACE) as ended:
        async for _job in ended:
            pass


async def _retry(client: AsyncAIStats, _: Path) -> None:
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
        return answer(b"", status=b"503 Busy") if self.looks % 2 else answer(b'{"data":[]}')


async def _on_asyncio(client: AsyncAIStats, call: Call, folder: Path, number: int) -> bool:
    """Cancel the call at one await, natively; False when it has fewer."""
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


async def _on_trio(client: AsyncAIStats, call: Call, folder: Path, number: int) -> bool:
    """Cancel the call at one await by its scope; False when it has fewer."""
    reached = False
    with anyio.CancelScope() as scope:
        reached = await stepping(_once(client, call, folder), number, scope.cancel)
    assert not reached or not scope.cancelled_caught
    return scope.cancel_called


async def _once(client: AsyncAIStats, call: Call, folder: Path) -> None:
    await call(client, folder)


async def _after_turns(client: AsyncAIStats, call: Call, folder: Path, turns: int) -> bool:
    """Cancel the call after so many turns of the loop, wherever the tasks behind it are by then."""

    async def strike() -> None:
        for _ in range(turns):
            await anyio.lowlevel.checkpoint()
        scope.cancel()

    with anyio.CancelScope() as scope:
        async with anyio.create_task_group() as group:
            group.start_soon(strike)
            await call(client, folder)
            group.cancel_scope.cancel()
    return scope.cancelled_caught


def _cancelled(way: Callable[..., Any], backend: str, name: str, folder: Path, number: int) -> bool:
    """Cancel a call in one way and look for what it left; False: it had ended before."""

    async def main() -> bool:
        async with AsyncAIStats(KEY, base_url=f"{server.url}/v1") as client:
            found: bool = await way(client, CALLS[name], folder, number)
        return found

    folder.mkdir()
    with Wire(Flaky()) as server:
        cancelled = anyio.run(main, backend=backend)
        assert server.all_left(), f"a connection was left open at {number}"
    left = {path.name for path in folder.iterdir()}
    assert left <= {"sound.wav", "video.mp4"}, f"at {number}"
    return cancelled


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_cancelled_at_every_await(backend: str, name: str, tmp_path: Path) -> None:
    """For every await there is: cancelled there, nothing is left behind."""
    way = _on_asyncio if backend == "asyncio" else _on_trio
    awaits = 0
    while _cancelled(way, backend, name, tmp_path / str(awaits), awaits + 1):
        awaits += 1
        assert awaits < MOST
    assert awaits >= 1


@pytest.mark.parametrize("name", ["wait_all", "as_completed", "download"])
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_cancelled_while_other_tasks_work(backend: str, name: str, tmp_path: Path) -> None:
    """After so many turns of the loop, of which the quickest call takes few."""
    turns = (*range(12), *range(12, 120, 4))
    caught = [_cancelled(_after_turns, backend, name, tmp_path / str(n), n) for n in turns]
    assert sum(caught) >= 5
