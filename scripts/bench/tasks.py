"""The tasks every client is given, and what a worker measures while it does them."""

from __future__ import annotations

import asyncio
import os
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

KEY = "phaseo_v1_sk_demo00000000_not-a-real-secret"
CHAT: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": "Hello!"}]}
EMBEDDINGS: dict[str, Any] = {"model": "m", "input": ["text"] * 100, "encoding_format": "float"}
VIDEO: dict[str, Any] = {"model": "m", "prompt": "A quiet sea"}

Result = dict[str, float]


class NotOfferedError(Exception):
    """The client has nothing for this task."""


def cpu_seconds() -> float:
    """Give the processor time this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Meter:
    """Measures the time and processor time since it was made, and memory when it can."""

    def __init__(self, *, memory: bool = False) -> None:
        """Start measuring; `memory` also watches the peak of the resident memory from here."""
        self._memory = memory and _reset_peak()
        self._resident = _status("VmRSS") if self._memory else 0.0
        self._cpu, self._wall = cpu_seconds(), time.perf_counter()

    def stop(self, count: int = 1) -> Result:
        """Give seconds per piece of work, and MB of growth."""
        wall, cpu = time.perf_counter() - self._wall, cpu_seconds() - self._cpu
        result = {"wall": wall / count, "cpu": cpu / count}
        if self._memory:
            result["growth_mb"] = _status("VmHWM") - self._resident
        return result


def _reset_peak() -> bool:
    """Have Linux count the peak of the resident memory from now on."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return False
    return True


def _status(name: str) -> float:
    """Read a size from the process's status, in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) / 1024
    return 0.0


def repeat(work: Callable[[], object], count: int, warm: int) -> Result:
    """Do the work a few times unmeasured, then `count` times."""
    for _ in range(warm):
        work()
    meter = Meter()
    for _ in range(count):
        work()
    return meter.stop(count)


def once(work: Callable[[], object], *, memory: bool = False) -> Result:
    """Do the work one time."""
    meter = Meter(memory=memory)
    work()
    return meter.stop()


async def at_once(work: Callable[[], Awaitable[object]], calls: int, together: int) -> Result:
    """Make the calls in bursts that begin at the same moment, after one burst unmeasured."""
    await asyncio.gather(*[work() for _ in range(together)])
    meter = Meter()
    for _ in range(calls // together):
        await asyncio.gather(*[work() for _ in range(together)])
    return meter.stop(calls)


async def under_way(work: Callable[[], Awaitable[object]], calls: int, together: int) -> Result:
    """Make the calls with `together` of them under way at all times, after a burst unmeasured."""
    await asyncio.gather(*[work() for _ in range(together)])
    left = iter(range(calls))

    async def worker() -> None:
        for _ in left:
            await work()

    meter = Meter()
    await asyncio.gather(*[worker() for _ in range(together)])
    return meter.stop(calls)


async def all_at_once(work: Callable[[], Awaitable[object]], calls: int) -> Result:
    """Make all calls at the same moment, connections not yet open; give the whole time."""
    meter = Meter()
    await asyncio.gather(*[work() for _ in range(calls)])
    return meter.stop()


async def once_async(work: Callable[[], Awaitable[object]], *, memory: bool = False) -> Result:
    """Do the work one time."""
    meter = Meter(memory=memory)
    await work()
    return meter.stop()


def lateness(late: list[float]) -> Result:
    """Sum up how late the ends of jobs were noticed, in seconds."""
    late.sort()
    if not late:
        raise ValueError("no job came to its end")
    p50, p95 = late[len(late) // 2], late[int(len(late) * 0.95)]
    return {"p50": p50, "p95": p95, "rss_mb": _status("VmRSS")}


def scratch() -> Path:
    """Give the file that downloads go to."""
    return Path(os.environ["BENCH_SCRATCH"]) / f"download-{os.getpid()}.mp4"


def upload_file() -> Path:
    """Give the file that is uploaded."""
    return Path(os.environ["BENCH_SCRATCH"]) / "upload.bin"
