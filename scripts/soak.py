"""Thousands of jobs on both clients against a gateway that misbehaves (`faulty_gateway`).

Prints what was met and exits with status 1 if a job was lost or ended in a wrong state, was created
twice, or if a socket, task, thread or file stayed open.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import logging
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that `python scripts/x.py` works

from attrs import define, field

from aistats import AIStats, AIStatsError, AsyncAIStats, Job, Poll, Retry
from scripts import faulty_gateway

if TYPE_CHECKING:
    from collections.abc import Generator

_KEY = "phaseo_v1_sk_demo00000000_not-a-real-secret"
_MODEL = "openai/sora-2"
_BATCH = 50  # calls that create, made together: fewer than the list shows of the newest jobs
_POLL = Poll(default=0.4, floor=0.05, ceiling=2.0, patience=5)
_RETRY = Retry(attempts=6, base=0.02, cap=0.2)
_TIMEOUT = 150.0
_OUTCOMES = ("completed", "failed", "cancelled", "expired", "not ended")


@define
class Tally:
    """What one client did and what is wrong with it."""

    name: str
    prompts: list[str]
    """They differ, so that each job is known by its own."""
    seconds: float = 0.0
    lost_answers: int = 0
    looks: int = 0
    ends: Counter[str] = field(factory=Counter)
    faults: list[str] = field(factory=list)

    def note(self, _: Job[Any]) -> None:
        """Count a look that told something."""
        self.looks += 1

    def check(self, ended: list[Job[Any]]) -> None:
        """Compare how the jobs ended with how they had to."""
        by_prompt = {job.raw.get("prompt"): job for job in ended}
        if len(ended) != len(self.prompts) or len({job.id for job in ended}) != len(ended):
            self.faults.append(f"{len(self.prompts)} jobs asked for, {len(ended)} came back")
        for prompt in self.prompts:
            job = by_prompt.get(prompt)
            outcome = (job and job.outcome) or "not ended"
            self.ends[outcome] += 1
            if outcome != faulty_gateway.fate(prompt):
                self.faults.append(f"{prompt}: {job!r}, {job and job.wait_error!r}")


class Client:
    """Either client, its calls awaited: those of the blocking one are made in threads."""

    def __init__(self, client: AIStats | AsyncAIStats, tally: Tally) -> None:
        self._client: Any = client
        self._tally = tally
        self._blocks = isinstance(client, AIStats)

    async def _made(self, function: Any, *args: Any, **options: Any) -> Any:
        if self._blocks:
            return await asyncio.to_thread(function, *args, **options)
        return await function(*args, **options)

    async def _create(self, prompt: str) -> Job[Any] | datetime:
        """Create a job; where the answer told nothing, give the time since which it may exist."""
        started = datetime.now(UTC)
        try:
            made: Job[Any] = await self._made(
                self._client.videos.create, model=_MODEL, prompt=prompt
            )
        except AIStatsError as error:
            window = getattr(error, "window", None)
            return window[0] if window else started
        return made

    async def _find(self, since: datetime) -> list[Job[Any]]:
        while True:  # not to know is no reason to create again
            with suppress(AIStatsError):
                recent = self._client.videos.find_recent
                return list(await self._made(recent, since=since, model=_MODEL))

    async def create_all(self) -> list[Job[Any]]:
        """Create a job per prompt, each exactly once, whatever becomes of the answers."""
        jobs: list[Job[Any]] = []
        prompts = self._tally.prompts
        for start in range(0, len(prompts), _BATCH):
            left = prompts[start : start + _BATCH]
            while left:
                made = await asyncio.gather(*map(self._create, left))
                jobs += [job for job in made if isinstance(job, Job)]
                since = [moment for moment in made if isinstance(moment, datetime)]
                lost = {p for p, each in zip(left, made, strict=True) if isinstance(each, datetime)}
                self._tally.lost_answers += len(lost)
                recent = await self._find(min(since)) if since else []
                jobs += [job for job in recent if job.raw.get("prompt") in lost]
                left = sorted(lost - {job.raw.get("prompt") for job in recent})
        return jobs

    async def wait_all(self, jobs: list[Job[Any]]) -> list[Job[Any]]:
        """Wait for all jobs, with one client one by one as they end."""
        how: dict[str, Any] = {"timeout": _TIMEOUT, "poll": _POLL, "on_update": self._tally.note}
        if self._blocks:
            return await asyncio.to_thread(
                lambda: list(self._client.jobs.as_completed(jobs, **how))
            )
        ended: list[Job[Any]] = await self._client.jobs.wait_all(jobs, **how)
        return ended


async def _soak(kind: type[AIStats | AsyncAIStats], url: str, tally: Tally) -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(16))
    begin = time.perf_counter()
    raw = kind(_KEY, base_url=f"{url}/v1", retry=_RETRY)
    client = Client(raw, tally)
    tally.check(await client.wait_all(await client.create_all()))
    raw.close() if isinstance(raw, AIStats) else await raw.aclose()
    await asyncio.sleep(0)  # asyncio closes sockets in the round after
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    tally.faults.extend(f"task left: {task}" for task in tasks)
    tally.seconds = time.perf_counter() - begin


@contextmanager
def _faulty(seed: int) -> Generator[str]:
    """Run the gateway in a process of its own; give its address."""
    command = [sys.executable, faulty_gateway.__file__, str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            port = process.stdout.readline().strip() if process.stdout else ""
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def _open_files() -> int:
    """Count the open descriptors of this process, sockets included; 0 where nobody tells."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0


@define
class Run:
    """Both clients' tallies, what the gateway counted, and what is wrong."""

    tallies: list[Tally]
    seen: dict[str, Any]
    faults: list[str]


def soak(async_jobs: int, sync_jobs: int, seed: int = 1) -> Run:
    """Run both clients and look for what they left behind."""
    threads, files = set(threading.enumerate()), _open_files()
    counts = {"async": async_jobs, "sync": sync_jobs}
    tallies = [Tally(name, [f"{name} {i}" for i in range(n)]) for name, n in counts.items()]
    with _faulty(seed) as url:
        for kind, tally in zip((AsyncAIStats, AIStats), tallies, strict=True):
            asyncio.run(_soak(kind, url, tally))
        gc.collect()
        with urllib.request.urlopen(f"{url}/stats") as answer:  # noqa: S310 - loopback
            seen: dict[str, Any] = json.load(answer)
    run = Run(tallies, seen, [fault for tally in tallies for fault in tally.faults])
    wanted = {prompt for tally in tallies for prompt in tally.prompts}
    run.faults += [f"created {n} times: {p}" for p, n in seen["created"].items() if n != 1]
    run.faults += [f"never created: {prompt}" for prompt in wanted - set(seen["created"])]
    left = {
        "connections": seen["connections"],
        "threads": len(set(threading.enumerate()) - threads),
        "files and sockets": _open_files() - files,
    }
    run.faults += [f"{count} {what} left open" for what, count in left.items() if count]
    return run


def table(run: Run) -> str:
    """Write what happened as text."""
    lines = ["client    jobs  seconds  lost answers  looks  " + "  ".join(_OUTCOMES)]
    for t in run.tallies:
        ends = "  ".join(f"{t.ends[outcome]:>{len(outcome)}}" for outcome in _OUTCOMES)
        numbers = f"{len(t.prompts):>7} {t.seconds:>8.1f} {t.lost_answers:>13} {t.looks:>6}"
        lines.append(f"{t.name:<6} {numbers}  {ends}")
    created, seen = sum(run.seen["created"].values()), run.seen
    lines.append(
        f"\n{created} jobs created in {seen['requests']} requests, at most {seen['most_looks']} "
        "under way at once; faults injected:"
    )
    lines += [f"  {name:<20} {count:>6}" for name, count in sorted(seen["faults"].items())]
    return "\n".join(lines)


def main() -> int:
    """Run it as the command line says."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--async-jobs", type=int, default=2000)
    options.add_argument("--sync-jobs", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    logging.getLogger("aistats").addHandler(logging.NullHandler())  # a line per fault otherwise
    print(f"{given.async_jobs} + {given.sync_jobs} jobs, 15 % faults; this takes a minute")
    run = soak(given.async_jobs, given.sync_jobs, given.seed)
    print(table(run))
    for fault in run.faults[:20]:
        print(f"wrong: {fault}", file=sys.stderr)
    print(f"\n{len(run.faults)} things wrong" if run.faults else "\neverything as it should be")
    return 1 if run.faults else 0


if __name__ == "__main__":
    sys.exit(main())
