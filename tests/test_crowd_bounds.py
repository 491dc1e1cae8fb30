"""Bounds and pace of many jobs, in a time that costs nothing, and their size in memory."""

from __future__ import annotations

import gc
import json
import random
import threading
import tracemalloc
from collections import Counter
from itertools import pairwise

import anyio
import anyio.lowlevel
import pytest
import trio
import trio.testing
from attrs import evolve

from aistats import (
    JobTimeoutError,
    Poll,
    VideoJob,
)
from aistats.jobs import many
from tests.crowd_world import (
    async_colours,
    ended,
    endless,
    id_of,
    in_a_fresh_process,
    jobs_of,
    look_threads,
    real_time,
    tasks_left,
    tasks_now,
)
from tests.job_world import JobWorld


class Slow(JobWorld):
    """Looks take `seconds` of the loop's time and are noted with their start."""

    def __init__(self, answer, seconds):
        super().__init__(answer, uniform=random.Random(1).uniform)
        self.seconds = seconds
        self.under_way = self.most = 0
        self.starts: dict[str, list[float]] = {}

    def client(self, colour="trio"):
        client = super().client(colour)
        real = evolve(client.engine.world, sleep_for=None)
        client._furnish(evolve(client.engine, world=real, clock=trio.current_time))
        return client

    async def asend(self, request):
        self.starts.setdefault(id_of(request), []).append(trio.current_time())
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await trio.sleep(self.seconds)
        self.under_way -= 1
        return self.send(request)


def in_no_time(main):
    return trio.run(main, clock=trio.testing.MockClock(autojump_threshold=0))


def busy(request):
    return {"id": id_of(request), "status": "processing", "poll_after_seconds": 20}


def test_slow_looks_delay_nobody_and_there_is_no_burst():
    """1,000 jobs, a hint of 20 s, 2 s per look, two minutes: evenly spread, and none ever late."""
    world = Slow(busy, 2.0)

    async def main():
        client = world.client()
        begin = trio.current_time()
        return begin, await client.jobs.wait_all(jobs_of(client, 1000), timeout=125)

    begin, jobs = in_no_time(main)
    assert all(isinstance(job.wait_error, JobTimeoutError) for job in jobs)
    deadline = begin + 125
    gaps = [b - a for times in world.starts.values() for a, b in pairwise(times[:-1])]
    assert min(gaps) >= 22  # the hint and the look itself
    grain = 1e-6
    assert max(gaps) <= 24 + grain  # and a tenth of jitter: no look ever waited for its turn
    firsts = sorted(times[0] - begin for times in world.starts.values())
    assert (firsts[0], firsts[-1]) == (pytest.approx(20, abs=2), pytest.approx(41, abs=2))
    early = [t for times in world.starts.values() for t in times if t < deadline - grain]
    per_second = Counter(int(t - begin) for t in early)
    assert max(per_second.values()) <= 2 * 1000 / 20  # twice the mean
    assert all(times[-1] <= deadline + grain for times in world.starts.values())


def test_few_jobs_are_not_kept_waiting_by_the_spreading():
    """Ten jobs look within half a second."""
    world = Slow(ended, 0.0)

    async def main():
        client = world.client()
        begin = trio.current_time()
        await client.jobs.wait_all(jobs_of(client, 10))
        return begin

    begin = in_no_time(main)
    assert max(times[0] for times in world.starts.values()) - begin <= 22 + 0.5


def test_looks_under_way_are_bounded():
    """At the common deadline every job has its last look, and no more than so many at once."""
    world = Slow(busy, 2.0)

    async def main():
        client = world.client()
        return await client.jobs.wait_all(jobs_of(client, many.LOOKS_IN_TASKS + 100), timeout=5)

    jobs = in_no_time(main)
    assert world.most == many.LOOKS_IN_TASKS
    assert {len(times) for times in world.starts.values()} == {1}
    assert all(isinstance(job.wait_error, JobTimeoutError) for job in jobs)
    assert all(job.raw["poll_after_seconds"] == 20 for job in jobs), "a last look was lost"


def test_a_blocking_crowd_has_a_bounded_number_of_threads():
    """As many looks as allowed are under way together, never more, each in one of its threads."""
    bound = many.LOOKS_IN_THREADS
    together, most = threading.Barrier(bound), []

    def answer(request):
        if len(seen) <= 2 * bound:
            together.wait(timeout=60)
            most.append(len(look_threads()))
        return ended(request)

    client, world = real_time(answer, "sync")
    seen = world.requests
    jobs = client.jobs.wait_all(jobs_of(client, 2 * bound), poll=Poll(floor=0, ceiling=0))
    assert all(job.succeeded for job in jobs)
    assert max(most) == bound
    assert look_threads() == []


PAYLOAD = json.dumps({"id": "G-1", "status": "processing", "model": "m" * 40, "outputs": []})


def traced(make):
    """Give what `make` made, and the bytes it took."""
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    made = make()
    gc.collect()
    return made, tracemalloc.get_traced_memory()[0] - before


@pytest.fixture
def tracing():
    """Count memory."""
    tracemalloc.start()
    yield
    tracemalloc.stop()


@async_colours
def test_thousands_of_waiting_jobs_are_small(colour, tracing):
    """Some 8 kB each beyond its payload, each in a task of its own."""
    number = 2_000
    client, world = real_time(endless, colour)
    jobs = [VideoJob(f"G-{i}", json.loads(PAYLOAD), engine=client.engine) for i in range(number)]

    async def measured():
        async with client.jobs.as_completed(jobs, poll=Poll(default=100)):
            await anyio.wait_all_tasks_blocked()
            gc.collect()
            size, tasks = tracemalloc.get_traced_memory()[0], tasks_now()
        return size, tasks, await tasks_left()

    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    size, tasks, left = anyio.run(measured, backend=colour)
    assert (size - before) / number < 10_000  # 8,000 and what the tracer of coverage adds
    assert (tasks, left) == (number + 1, 0)
    assert not world.requests


def test_handles_are_small(tracing):
    """A handle takes little more than its payload."""
    client, _ = real_time(endless, "sync")
    payloads = [json.loads(PAYLOAD) for _ in range(2000)]
    _, size = traced(lambda: [VideoJob("G-1", raw, engine=client.engine) for raw in payloads])
    assert size / 2000 < 200


def bytes_of_a_blocking_crowd():
    """Give what a job of a blocking crowd takes after a look, beyond its payload."""
    tracemalloc.start()
    number, sizes = 2000, []
    client, _ = real_time(lambda r: json.loads(PAYLOAD), "sync")
    _, payloads = traced(lambda: [json.loads(PAYLOAD) for _ in range(number)])
    jobs = jobs_of(client, number)
    gc.collect()
    before, looks = tracemalloc.get_traced_memory()[0], []

    def note(job):
        looks.append(None)
        if len(looks) == number:
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0] - before - payloads)

    poll = Poll(default=0.5, floor=0.5)
    client.jobs.wait_all(jobs, timeout=0.6, poll=poll, on_update=note)
    return sizes[0] / number


def test_blocking_crowds_are_small_as_well():
    """Also after a look, with its payload."""
    assert in_a_fresh_process(bytes_of_a_blocking_crowd) < 5 * 1024
