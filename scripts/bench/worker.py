"""One client in a process of its own, doing the task named on each line of standard input.

`python -m scripts.bench.worker CLIENT URL`: reads `{"task": …, "size": …}`, writes a result.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import json
import resource
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from scripts.bench import payloads, tasks

if TYPE_CHECKING:
    from collections.abc import Callable

_PRINT_RESIDENT = """
for line in open("/proc/self/status"):
    if line.startswith("VmRSS:"):
        print(int(line.split()[1]) / 1024)
"""
_SAME_BYTES = payloads.EMBEDDINGS


class Worker:
    """The tasks, for one client."""

    def __init__(self, client: str, url: str, runner: asyncio.Runner) -> None:
        self._module: Any = importlib.import_module(f"scripts.bench.clients.{client}")
        self._url = url
        self._runner = runner
        self._made: dict[str, Any] = {}

    def do(self, task: str, size: int, pace: str = "") -> tasks.Result:
        """Measure one task; the garbage of the one before is not its fault."""
        gc.collect()
        if task == "version":
            return {"version": self._module.VERSION}
        if task == "jobs":
            return self._runner.run(self._jobs(size, pace))
        work: Callable[[int], tasks.Result] = getattr(self, task)
        return work(size)

    def _client(self, kind: str, method: str, *, fresh: bool = False) -> Any:
        factory: Any = getattr(self._module, kind, None)
        if not hasattr(factory, method):
            raise tasks.NotOfferedError
        if fresh or kind not in self._made:
            self._made[kind] = factory(self._url)
        return getattr(self._made[kind], method)

    def first_call(self, _: int) -> tasks.Result:
        """Measure a process that imports the client, makes one and calls it."""
        before, start = _children_cpu(), time.perf_counter()
        self._run(self._module.FIRST_CALL)
        return {"wall": time.perf_counter() - start, "cpu": _children_cpu() - before}

    def resident(self, _: int) -> tasks.Result:
        """Measure the memory of a process that imports the client and makes one."""
        shown = self._run(self._module.SETUP + _PRINT_RESIDENT)
        return {"rss_mb": float(shown)}

    def _run(self, script: str) -> str:
        script = f"CHAT = {tasks.CHAT!r}\n{script}"
        script = script.replace("URL", self._url).replace("KEY", tasks.KEY)
        return subprocess.run(
            [sys.executable, "-c", script], check=True, capture_output=True, text=True
        ).stdout

    def chat_sync(self, size: int) -> tasks.Result:
        return tasks.repeat(self._client("Sync", "chat"), size, 20)

    def chat_async(self, size: int) -> tasks.Result:
        return self._runner.run(tasks.at_once(self._client("Async", "chat"), size, 100))

    def chat_steady(self, size: int) -> tasks.Result:
        return self._runner.run(tasks.under_way(self._client("Async", "chat"), size, 100))

    def slow(self, size: int) -> tasks.Result:
        return self._runner.run(self._slow(size))

    async def _slow(self, size: int) -> tasks.Result:
        slow = self._client("Async", "slow", fresh=True)  # its connections are not yet open
        result = await tasks.all_at_once(slow, size)
        await self._made.pop("Async").close()
        return result

    def stream_sync(self, size: int) -> tasks.Result:
        return _counted(tasks.once, self._client("Sync", "stream"), size)

    def stream_async(self, size: int) -> tasks.Result:
        stream, counts = self._client("Async", "stream"), list[int]()

        async def count() -> None:
            counts.append(await stream())

        result = self._runner.run(tasks.once_async(count))
        return _checked(result, counts[0], size)

    def embeddings(self, size: int) -> tasks.Result:
        return tasks.repeat(self._client("Sync", "embeddings"), size, 1)

    def parse(self, size: int) -> tasks.Result:
        """Compare the client's reading of an answer with `json.loads` of the same bytes."""
        parse = self._client("Sync", "parse")
        bare = tasks.repeat(lambda: json.loads(_SAME_BYTES), size, 1)
        own = tasks.repeat(lambda: parse(_SAME_BYTES), size, 1)
        return {**own, "ratio": own["cpu"] / bare["cpu"]}

    def models(self, size: int) -> tasks.Result:
        return tasks.repeat(self._client("Sync", "models"), size, 1)

    def download(self, _: int) -> tasks.Result:
        result = tasks.once(self._warm("download"), memory=True)
        size = tasks.scratch().stat().st_size
        tasks.scratch().unlink()
        return _checked(result, size, payloads.VIDEO_BYTES)

    def upload_sync(self, _: int) -> tasks.Result:
        return tasks.once(self._warm("upload"), memory=True)

    def _warm(self, method: str) -> Any:
        """Give a method of a client that has made a call: some load modules at the first one."""
        work = self._client("Sync", method)
        self._client("Sync", "chat")()
        return work

    def upload_async(self, _: int) -> tasks.Result:
        upload = self._client("Async", "upload")
        self._runner.run(self._client("Async", "chat")())
        return self._runner.run(tasks.once_async(upload, memory=True))

    async def _jobs(self, size: int, pace: str) -> tasks.Result:
        jobs = self._client("Async", "jobs")
        meters: list[tasks.Meter] = []
        late = await jobs(size, pace, lambda: meters.append(tasks.Meter()))
        cpu = meters[0].stop()["cpu"]
        return {**tasks.lateness(late), "cpu": cpu, "lost": float(size - len(late))}


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _counted(once: Callable[..., tasks.Result], work: Callable[[], int], size: int) -> tasks.Result:
    counts: list[int] = []
    result = once(lambda: counts.append(work()))
    return _checked(result, counts[0], size)


def _checked(result: tasks.Result, got: int, expected: int) -> tasks.Result:
    """Refuse the result of a client that lost more than a few of the events or bytes."""
    if abs(got - expected) > 10:
        raise ValueError(f"{got} arrived instead of {expected}")
    return result


def main() -> None:
    """Serve the tasks asked for on standard input."""
    client, url = sys.argv[1:]
    with asyncio.Runner() as runner:
        try:
            worker = Worker(client, url, runner)
        except ModuleNotFoundError as missing:
            print(json.dumps({"missing": missing.name}), flush=True)
            return
        for line in sys.stdin:
            try:
                result: dict[str, Any] = dict(worker.do(**json.loads(line)))
            except tasks.NotOfferedError:
                result = {"error": "not offered"}
            except Exception as error:  # noqa: BLE001  # a peer's failure is a result, too
                result = {"error": f"{type(error).__name__}: {error}"[:200]}
            print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
