"""Thousands of calls, measured from within: run as a program, it prints one line of JSON.

python -m tests.trust.endurance sync|async BASE_URL CALLS
"""

from __future__ import annotations

import contextlib
import gc
import json
import resource
import sys

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


def _held() -> tuple[int, float]:
    """Give what this process holds by now: objects of Python, and the peak of its memory in MB."""
    gc.collect()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return len(gc.get_objects()), peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _report(before: tuple[int, float]) -> None:
    objects, megabytes = (now - then for now, then in zip(_held(), before, strict=True))
    print(json.dumps({"objects": objects, "megabytes": megabytes}))


def _sync(base_url: str, calls: int) -> None:
    with AIStats(KEY, base_url=base_url, retry=Retry(attempts=1)) as client:
        _live(client, calls // 5)  # fills the caches
        before = _held()
        _live(client, calls)
        _report(before)


async def _async(base_url: str, calls: int) -> None:
    async with AsyncAIStats(KEY, base_url=base_url, retry=Retry(attempts=1)) as client:
        await _live_async(client, calls // 5)
        before = _held()
        await _live_async(client, calls)
        _report(before)


def main(colour: str, base_url: str, calls: str) -> None:
    """Run in one colour."""
    if colour == "async":
        anyio.run(_async, base_url, int(calls))
    else:
        _sync(base_url, int(calls))


if __name__ == "__main__":
    main(*sys.argv[1:])
