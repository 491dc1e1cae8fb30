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

from attrs import define, field, frozen

from aistats import AIStats, AIStatsError, AsyncAIStats, Job, Poll, Retry
from scripts import faulty_gateway

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_KEY = "phaseo_v1_sk_demo00000000_not-a-real-secret"
_MODEL = "openai/sora-2"
_BATCH = 50  # calls that create, made together: fewer than the list shows of the newest jobs
_POLL = Poll(default=0.4, floor=0.05, ceiling=2.0, patience=5)
_RETRY = Retry(attempts=6, base=0.02, cap=0.2)
_TIMEOUT = 150.0


@define
class Tally:
    """What one client did and what is wrong with it."""

    name: str
    jobs: int
    seconds: float = 0.0
    lost_answers: int = 0
    looks: int = 0
    ends: Counter[str] = field(factory=Counter)
    faults: list[str] = field(factory=list)

    def note(self, _: Job[Any]) -> None:
        """Count a look that told something."""
        self.looks += 1

    def check(self, prompts: Sequence[str], ended: Sequence[Job[Any]]) -> None:
        """Compare how the jobs ended with how they had to."""
        if len(ended) != len(prompts) or len({job.id for job in ended}) != len(prompts):
            self.faults.append(f"{len(prompts)} jobs asked for, {len(ended)} came back")
        for prompt, job in zip(prompts, ended, strict=False):
            self.ends[job.outcome or "not ended"] += 1
            found = (job.raw.get("prompt"), job.outcome)
            if found != (prompt, faulty_gateway.fate(prompt)):
                self.faults.append(f"{prompt}: {job!r}, {job.wait_error!r}")


@frozen
class Lost:
    """A call whose answer told nothing: the job may exist."""

    prompt: str
    since: datetime


@contextmanager
def faulty(seed: int) -> Iterator[str]:
    """Run the gateway in a process of its own; give its address."""
    command = [sys.executable, faulty_gateway.__file__, str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            port = process.stdout.readline().strip() if process.stdout else ""
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def stats(url: str) -> dict[str, Any]:
    """Ask the gateway what it saw."""
    with urllib.request.urlopen(f"{url}/stats") as answer:  # noqa: S310 - loopback
        found: dict[str, Any] = json.load(answer)
        return found


def prompts_of(name: str, number: int) -> list[str]:
    """Give prompts that differ, so that each job is known by its own."""
    return [f"{name} {i}" for i in range(number)]


def _batches(prompts: list[str]) -> Iterator[list[str]]:
    yield from (prompts[i : i + _BATCH] for i in range(0, len(prompts), _BATCH))


def _since(error: AIStatsError, started: datetime) -> datetime:
    window = getattr(error, "window", None)
    return window[0] if window else started


def _sort_out(
    made: list[Job[Any] | Lost], recent: list[Job[Any]], tally: Tally
) -> tuple[dict[str, Job[Any]], list[str]]:
    """Match lost answers with the jobs found; give the jobs, and the prompts that have none."""
    jobs = {job.raw["prompt"]: job for job in made if isinstance(job, Job)}
    lost = {item.prompt for item in made if isinstance(item, Lost)}
    tally.lost_answers += len(lost)
    jobs |= {job.raw["prompt"]: job for job in recent if job.raw.get("prompt") in lost}
    return jobs, [prompt for prompt in lost if prompt not in jobs]


async def create_async(client: AsyncAIStats, prompts: list[str], tally: Tally) -> dict[str, Any]:
    """Create a job per prompt, each exactly once, whatever becomes of the answers."""
    jobs: dict[str, Any] = {}

    async def create(prompt: str) -> Job[Any] | Lost:
        started = datetime.now(UTC)
        try:
            return await client.videos.create(model=_MODEL, prompt=prompt)
        except AIStatsError as error:
            return Lost(prompt, _since(error, started))

    async def find(since: datetime) -> list[Job[Any]]:
        while True:  # not to know is no reason to create again
            with suppress(AIStatsError):
                return list(await client.videos.find_recent(since=since, model=_MODEL))

    for batch in _batches(prompts):
        left = batch
        while left:
            made = await asyncio.gather(*map(create, left))
            times = [item.since for item in made if isinstance(item, Lost)]
            recent = await find(min(times)) if times else []
            found, left = _sort_out(list(made), recent, tally)
            jobs |= found
    return jobs


def create_sync(client: AIStats, prompts: list[str], tally: Tally) -> dict[str, Any]:
    """Do what `create_async` does, in threads."""
    jobs: dict[str, Any] = {}

    def create(prompt: str) -> Job[Any] | Lost:
        started = datetime.now(UTC)
        try:
            return client.videos.create(model=_MODEL, prompt=prompt)
        except AIStatsError as error:
            return Lost(prompt, _since(error, started))

    def find(since: datetime) -> list[Job[Any]]:
        while True:
            with suppress(AIStatsError):
                return list(client.videos.find_recent(since=since, model=_MODEL))

    with ThreadPoolExecutor(16) as pool:
        for batch in _batches(prompts):
            left = batch
            while left:
                made = list(pool.map(create, left))
                times = [item.since for item in made if isinstance(item, Lost)]
                recent = find(min(times)) if times else []
                found, left = _sort_out(made, recent, tally)
                jobs |= found
    return jobs


def soak_async(url: str, number: int) -> Tally:
    """Create and wait on the async client."""
    tally, prompts = Tally("async", number), prompts_of("async", number)

    async def main() -> list[Job[Any]]:
        async with AsyncAIStats(_KEY, base_url=f"{url}/v1", retry=_RETRY) as client:
            jobs = await create_async(client, prompts, tally)
            ended = await client.jobs.wait_all(
                [jobs[prompt] for prompt in prompts],
                timeout=_TIMEOUT,
                poll=_POLL,
                on_update=tally.note,
            )
        await asyncio.sleep(0)  # asyncio closes sockets in the round after
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        tally.faults.extend(f"task left: {task}" for task in tasks)
        return list(ended)

    begin = time.perf_counter()
    tally.check(prompts, asyncio.run(main()))
    tally.seconds = time.perf_counter() - begin
    return tally


def soak_sync(url: str, number: int) -> Tally:
    """Create and wait on the blocking client."""
    tally, prompts = Tally("sync", number), prompts_of("sync", number)
    begin = time.perf_counter()
    with AIStats(_KEY, base_url=f"{url}/v1", retry=_RETRY) as client:
        jobs = create_sync(client, prompts, tally)
        prompt_of = {job.id: prompt for prompt, job in jobs.items()}
        waiting = client.jobs.as_completed(
            jobs.values(), timeout=_TIMEOUT, poll=_POLL, on_update=tally.note
        )
        ended = {prompt_of[job.id]: job for job in waiting}
    tally.check(prompts, [ended[prompt] for prompt in prompts if prompt in ended])
    tally.seconds = time.perf_counter() - begin
    return tally


def open_files() -> int:
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
    threads, files = set(threading.enumerate()), open_files()
    with faulty(seed) as url:
        tallies = [soak_async(url, async_jobs), soak_sync(url, sync_jobs)]
        gc.collect()
        seen = stats(url)
    run = Run(tallies, seen, [fault for tally in tallies for fault in tally.faults])
    wanted = {*prompts_of("async", async_jobs), *prompts_of("sync", sync_jobs)}
    run.faults += [f"created {n} times: {p}" for p, n in seen["created"].items() if n != 1]
    run.faults += [f"never created: {prompt}" for prompt in wanted - set(seen["created"])]
    left = {
        "connections": seen["connections"],
        "threads": len(set(threading.enumerate()) - threads),
        "files and sockets": open_files() - files,
    }
    run.faults += [f"{count} {what} left open" for what, count in left.items() if count]
    return run


def table(run: Run) -> str:
    """Write what happened as text."""
    outcomes = ("completed", "failed", "cancelled", "expired", "not ended")
    lines = ["client    jobs  seconds  lost answers  looks  " + "  ".join(outcomes)]
    for t in run.tallies:
        ends = "  ".join(f"{t.ends[outcome]:>{len(outcome)}}" for outcome in outcomes)
        lines.append(
            f"{t.name:<6} {t.jobs:>7} {t.seconds:>8.1f} {t.lost_answers:>13} {t.looks:>6}  {ends}"
        )
    created, seen = sum(run.seen["created"].values()), run.seen
    lines.append(
        f"\n{created} jobs created in {seen['requests']} requests, at most {seen['most_looks']} "
        "under way at once; faults injected:"
    )
    lines += [f"  {name:<20} {count:>6}" for name, count in sorted(seen["faults"].items())]
    return "\n".join(lines)


def main() -> int:
    """Run it as the command line says."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
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
