"""One client in a process of its own, doing the task named on each line of standard input.

`python -m scripts.bench.worker CLIENT URL`: reads `{"task": …, "size": …}`, writes a result.
"""

from __future__ import annotations

import asyncio
import gc
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.bench.clients import CLIENTS, VIDEO, version_of
from scripts.bench.server import EVENTS, VIDEO_BYTES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

Result = dict[str, float]
_ONCE = ("stream", "download", "upload")
_EXPECTED = {"stream": EVENTS, "stream_async": EVENTS, "download": VIDEO_BYTES, "models": 250}
_BURST = 100
_CREATED_AT_ONCE = 200
"""What is measured is the waiting: thousands of connections opened at once are another story."""


class NotOfferedError(Exception):
    """The client has nothing for this task."""


class Measure:
    """Measures the time and processor time since it was made, and memory where Linux tells it."""

    def __init__(self) -> None:
        """Start; the peak of the resident memory is counted from here."""
        if Path("/proc/self/clear_refs").exists():
            Path("/proc/self/clear_refs").write_text("5")
        self._resident = _status("VmRSS")
        self._cpu, self._wall = time.process_time(), time.perf_counter()

    def stop(self, count: int = 1) -> Result:
        """Give seconds per piece of work, and MB of growth."""
        wall, cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu
        growth = _status("VmHWM") - self._resident
        return {"wall": wall / count, "cpu": cpu / count, "growth_mb": growth}


def _status(name: str) -> float:
    """Read a size from the process's status, in MB; 0 where nobody tells."""
    path = Path("/proc/self/status")
    for line in path.read_text().splitlines() if path.exists() else ():
        if line.startswith(name + ":"):
            return int(line.split()[1]) / 1024
    return 0.0


def repeat(work: Callable[[], object], count: int, warm: int = 1) -> Result:
    """Do the work a few times unmeasured, then `count` times."""
    for _ in range(warm):
        work()
    measure = Measure()
    for _ in range(count):
        work()
    return measure.stop(count)


class Worker:
    """The tasks, for one client."""

    def __init__(self, name: str, url: str, runner: asyncio.Runner) -> None:
        self._run = runner.run
        self._peer: Any = CLIENTS[name](url)
        self._made: dict[str, Any] = {}

    def do(self, task: str, size: int, pace: str) -> Result:
        """Measure one task; the garbage of the one before is not its fault."""
        gc.collect()
        if task == "jobs":
            return self._run(self._jobs(size, pace))
        if own := getattr(self, f"_{task}", None):
            result: Result = own(size)
            return result
        name, _, is_async = task.partition("_")
        client = self._client("make_async" if is_async else "make")
        work = self._call(task if hasattr(self._peer, task) else name, client)
        if is_async:
            work = self._driven(work)
        if name in _ONCE:  # some load modules at the first call
            self._call("chat", self._client("make"))()
            return repeat(work, 1, 0)
        return repeat(work, size, 20 if name == "chat" else 1)

    def _offered(self, name: str) -> Any:
        if not hasattr(self._peer, name):
            raise NotOfferedError
        return getattr(self._peer, name)

    def _client(self, kind: str) -> Any:
        """Give the blocking, the async or the metered client."""
        if kind not in self._made:
            self._made[kind] = self._offered(kind)()
        return self._made[kind]

    def _call(self, name: str, client: Any) -> Callable[[], Any]:
        """Give a call whose result is read and, where its size is known, checked."""
        call, used, expected = self._offered(name), self._peer.used, _EXPECTED.get(name)

        def read(result: Any) -> None:
            got = used(name, result)
            if expected is not None and abs(got - expected) > 1:  # some count "[DONE]"
                raise ValueError(f"{got} arrived instead of {expected}")

        async def awaited(result: Awaitable[Any]) -> None:
            read(await result)

        def made() -> Any:
            result = call(client)
            return awaited(result) if hasattr(result, "__await__") else read(result)

        return made

    def _driven(self, work: Callable[[], Any]) -> Callable[[], None]:
        return lambda: self._run(work())

    def _first_call(self, _: int) -> Result:
        """Measure a process that imports the client, makes one and calls it."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", self._peer.first_call], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return {"cpu": sum(after[:2]) - sum(before[:2])}

    def _meter(self, size: int) -> Result:
        """Compare calls with a meter with calls without, in turns: the median of the pairs."""
        kinds = {"with": "make_metered", "without": "make"}
        calls = {name: self._call("chat", self._client(kind)) for name, kind in kinds.items()}
        ratios = []
        for turn in range(size):
            order = sorted(calls, reverse=bool(turn % 2))
            cpu = {name: repeat(calls[name], 25, 5)["cpu"] for name in order}
            ratios.append(cpu["with"] / cpu["without"])
        return {"ratio": statistics.median(ratios)}

    def _chat_async(self, size: int) -> Result:
        """Make calls in bursts that begin at the same moment, after one burst unmeasured."""
        call = self._call("chat", self._client("make_async"))

        async def burst() -> None:
            await asyncio.gather(*[call() for _ in range(_BURST)])

        result = repeat(self._driven(burst), size // _BURST)
        return {name: value / _BURST for name, value in result.items()}

    def _slow(self, size: int) -> Result:
        """Make all calls at the same moment, connections not yet open; give the whole time."""

        async def all_at_once() -> None:
            client = self._offered("make_async")("/slow/v1")
            call = self._call("chat", client)
            await asyncio.gather(*[call() for _ in range(size)])
            await _close(client)

        return repeat(self._driven(all_at_once), 1, 0)

    async def _jobs(self, size: int, pace: str) -> Result:
        """Wait for jobs; `late` is how long after their end that was known."""
        client = self._peer.make_async(f"/jobs/{pace}/v1")
        turn = asyncio.Semaphore(_CREATED_AT_ONCE)

        async def created() -> Any:
            async with turn:
                return await client.videos.create(**VIDEO)

        jobs = await asyncio.gather(*[created() for _ in range(size)])
        measure = Measure()
        late = sorted(await self._peer.wait_for_jobs(client, jobs))
        cpu, lost = measure.stop()["cpu"], float(size - len(late))
        await _close(client)
        p50, p95 = late[len(late) // 2], late[int(len(late) * 0.95)]
        return {"p50": p50, "p95": p95, "lost": lost, "cpu": cpu, "rss_mb": _status("VmRSS")}


async def _close(client: Any) -> None:
    await (client.close() if hasattr(client, "close") else client.aclose())


def main() -> None:
    """Tell the version, then do the tasks asked for on standard input."""
    name, url = sys.argv[1:]
    print(version_of(name), flush=True)
    with asyncio.Runner() as runner:
        worker = Worker(name, url, runner)
        for line in sys.stdin:
            try:
                result: dict[str, Any] = dict(worker.do(**json.loads(line)))
            except NotOfferedError:
                result = {"error": "not offered"}
            except Exception as error:  # noqa: BLE001  # a peer's failure is a result, too
                result = {"error": f"{type(error).__name__}: {error}"[:200]}
            print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
