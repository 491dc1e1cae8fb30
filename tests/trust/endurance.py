"""Thousands of calls, measured from within: run as a program, it prints one line of JSON.

python -m tests.trust.endurance sync|async BASE_URL CALLS
"""

from __future__ import annotations

import contextlib
import gc
import json
import sys
import tracemalloc

import anyio

from aistats import AIStats, AIStatsError, AsyncAIStats, Poll, Retry
from tests.trust.matrix import CHAT, KEY

PACE = Poll(default=0.0, floor=0.0, ceiling=0.0)


def _live(client: AIStats, calls: int) -> None:
    for number in range(calls):
        match number % 8:
            case 0:
                with contextlib.suppress(AIStatsError):
                    client.videos.retrieve("missing")
            case 1:
                with client.responses.stream(model="m/m", input="x") as stream:
                    stream.final()
            case 2:
                client.videos.job("v1").wait(poll=PACE)
            case _:
                client.chat.completions.create(**CHAT)


async def _live_async(client: AsyncAIStats, calls: int) -> None:
    for number in range(calls):
        match number % 8:
            case 0:
                with contextlib.suppress(AIStatsError):
                    await client.videos.retrieve("missing")
            case 1:
                async with client.responses.stream(model="m/m", input="x") as stream:
                    await stream.final()
            case 2:
                await client.videos.job("v1").wait(poll=PACE)
            case _:
                await client.chat.completions.create(**CHAT)


def _held() -> tuple[int, int]:
    """Give what Python holds by now: objects, and bytes while they are traced."""
    gc.collect()
    return len(gc.get_objects()), tracemalloc.get_traced_memory()[0]


def _report(before: tuple[int, int], after: tuple[int, int], garbage: int) -> None:
    growth = {"objects": after[0] - before[0], "kilobytes": (after[1] - before[1]) // 1024}
    print(json.dumps({**growth, "garbage": garbage}))


def _sync(base_url: str, calls: int) -> None:
    with AIStats(KEY, base_url=base_url, retry=Retry(attempts=1)) as client:
        _live(client, 400)  # fill the caches
        tracemalloc.start()
        _live(client, 200)
        before = _held()
        gc.disable()
        _live(client, calls)
        garbage = gc.collect()
        _report(before, _held(), garbage)


async def _async(base_url: str, calls: int) -> None:
    async with AsyncAIStats(KEY, base_url=base_url, retry=Retry(attempts=1)) as client:
        await _live_async(client, 400)
        tracemalloc.start()
        await _live_async(client, 200)
        before = _held()
        gc.disable()
        await _live_async(client, calls)
        garbage = gc.collect()
        _report(before, _held(), garbage)


def main(colour: str, base_url: str, calls: str) -> None:
    """Run in one colour."""
    if colour == "async":
        anyio.run(_async, base_url, int(calls))
    else:
        _sync(base_url, int(calls))


if __name__ == "__main__":
    main(*sys.argv[1:])
