"""Many jobs at once: order, failures, bounds and pace, memory, and nothing left behind."""

from __future__ import annotations

import asyncio
import gc
import json
import random
import signal
import threading
import time
import tracemalloc
from collections import Counter
from itertools import pairwise

import anyio
import anyio.lowlevel
import httpx
import pytest
import trio
import trio.testing
from attrs import evolve

from aistats import (
    ConfigurationError,
    ConnectionFailedError,
    JobTimeoutError,
    NotFoundError,
    Poll,
    VideoJob,
    _crowd_tasks,
    _crowd_threads,
)
from tests.job_world import COLOURS, JobWorld, carry, colours

FAST = Poll(default=0.001, floor=0.001, ceiling=0.001)
ASYNC = COLOURS[1:]
async_colours = pytest.mark.parametrize("colour", ASYNC)


def id_of(request):
    return request.url.path.rpartition("/")[2]


def jobs_of(client, number, **raw):
    ids = [f"G-{i}" for i in range(number)]
    return [VideoJob(name, {"id": name, **raw}, engine=client.engine) for name in ids]


def real_time(answers, colour):
    """Make a client over a world in which time passes by itself."""
    world = JobWorld(answers)
    client = world.client(colour)
    client._furnish(evolve(client.engine, clock=time.monotonic))
    return client, world


def ended(request):
    return {"id": id_of(request), "status": "completed"}


def endless(request):
    return {"id": id_of(request), "status": "processing"}


def look_threads():
    return [t.name for t in threading.enumerate() if t.name.startswith("aistats")]


async def collect(crowd, each=lambda job: None):
    """Go through the jobs of either colour's `as_completed`."""
    found = []
    async for job in crowd:
        found.append(job)
        each(job)
    return found


def completed(colour, client, jobs, each=lambda job: None, **options):
    """Give the jobs as they end, in either colour."""
    if colour != "sync":
        return carry(colour, lambda: collect(client.jobs.as_completed(jobs, **options), each))
    found = []
    for job in client.jobs.as_completed(jobs, **options):
        found.append(job)
        each(job)
    return found


@colours
def test_wait_all_keeps_the_order(colour):
    """Whatever the order in which the jobs end; an iterator of jobs will do."""
    looks = Counter()

    def answer(request):
        looks[id_of(request)] += 1
        return ended(request) if looks[id_of(request)] * 3 > int(id_of(request)[2:]) else {}

    client, _ = real_time(answer, colour)
    done = carry(colour, lambda: client.jobs.wait_all(iter(jobs_of(client, 9)), poll=FAST))
    assert [job.id for job in done] == [f"G-{i}" for i in range(9)]
    assert all(job.succeeded for job in done)
    assert looks["G-8"] == 3


@colours
def test_as_completed_gives_each_job_when_it_ends(colour):
    """Here the last one first, and every other once its follower was given."""
    allowed = {"G-7"}

    def answer(request):
        return ended(request) if id_of(request) in allowed else endless(request)

    def allow_the_one_before(job):
        allowed.add(f"G-{int(job.id[2:]) - 1}")

    client, _ = real_time(answer, colour)
    jobs = jobs_of(client, 8)
    done = completed(colour, client, jobs, allow_the_one_before, poll=FAST)
    assert [job.id for job in done] == [f"G-{i}" for i in reversed(range(8))]


@colours
def test_no_jobs_at_all(colour):
    """Nothing is started for them."""
    client, world = real_time(endless, colour)
    assert carry(colour, lambda: client.jobs.wait_all([])) == []
    assert completed(colour, client, []) == []
    assert not world.requests


@colours
def test_terminal_jobs_cost_no_request(colour):
    """They come back as they are."""
    client, world = real_time(endless, colour)
    jobs = [*jobs_of(client, 2, status="failed"), *jobs_of(client, 1, status="completed")]
    assert carry(colour, lambda: client.jobs.wait_all(jobs)) == jobs
    assert not world.requests


@colours
def test_one_jobs_end_does_not_hide_anothers(colour):
    """Failed, lost, unreachable and unfinished ones come back as jobs, with what is known."""
    answers = {
        "G-0": {"id": "G-0", "status": "completed"},
        "G-1": {"id": "G-1", "status": "failed", "error": "why"},
        "G-2": (404, {"error": "not_found"}),
        "G-3": httpx.ReadError("reset"),
        "G-4": {"id": "G-4", "status": "processing"},
    }

    def answer(request):
        return answers.get(id_of(request), (502, {}))

    client, _ = real_time(answer, colour)
    options = {"timeout": 0.2, "poll": evolve(FAST, patience=2)}
    jobs = carry(colour, lambda: client.jobs.wait_all(jobs_of(client, 5), **options))
    assert [job.outcome for job in jobs] == ["completed", "failed", None, None, None]
    kinds = [type(None)] * 2 + [NotFoundError, ConnectionFailedError, JobTimeoutError]
    assert [type(job.wait_error) for job in jobs] == kinds
    assert jobs[4].raw == answers["G-4"]
    assert jobs[4].wait_error.job == jobs[4]


@colours
def test_a_job_given_up_on_can_be_waited_for_again(colour):
    """Its next snapshot has no error."""
    done = []
    client, _ = real_time(lambda r: ended(r) if done else endless(r), colour)
    [job] = carry(colour, lambda: client.jobs.wait_all(jobs_of(client, 1), timeout=0))
    assert isinstance(job.wait_error, JobTimeoutError)
    done.append(True)
    again = carry(colour, lambda: job.wait(poll=Poll(floor=0, ceiling=0)))
    assert (again.succeeded, again.wait_error) == (True, None)


@colours
def test_every_look_is_told_in_the_waiting_thread(colour):
    """Before the job itself is given; never from another thread."""
    looks, told, order = Counter(), [], []

    def answer(request):
        looks[id_of(request)] += 1
        return ended(request) if looks[id_of(request)] > 2 else endless(request)

    def note(job):
        told.append(threading.get_ident())
        order.append((job.id, job.status))

    client, _ = real_time(answer, colour)
    completed(colour, client, jobs_of(client, 5), lambda job: order.append(job.id), poll=FAST,
              on_update=note)  # fmt: skip
    assert set(told) == {threading.get_ident()}
    assert len(told) == 15
    for i in range(5):
        mine = [entry for entry in order if f"G-{i}" in entry]
        assert mine == [(f"G-{i}", "processing")] * 2 + [(f"G-{i}", "completed"), f"G-{i}"]


@async_colours
def test_an_async_callback_is_awaited(colour):
    """As `wait` does."""
    told = []

    async def note(job):
        await anyio.lowlevel.checkpoint()
        told.append(job.id)

    client, _ = real_time(ended, colour)
    carry(colour, lambda: client.jobs.wait_all(jobs_of(client, 3), poll=FAST, on_update=note))
    assert sorted(told) == ["G-0", "G-1", "G-2"]


async def tasks_left():
    """Count the tasks of this loop beside the one that asks."""
    for _ in range(20):  # a cancellation takes a few rounds of the loop
        await anyio.lowlevel.checkpoint()
    await anyio.wait_all_tasks_blocked()
    try:
        return len(asyncio.all_tasks()) - 1
    except RuntimeError:
        root = trio.lowlevel.current_root_task()
        nurseries, count = list(root.child_nurseries), 0
        while nurseries:
            for task in nurseries.pop().child_tasks:
                nurseries += task.child_nurseries
                count += "aistats" in task.name
        return count


@pytest.mark.parametrize("error", [KeyError("mine"), ConnectionFailedError("mine too")], ids=repr)
@colours
def test_what_a_callback_raises_ends_the_waiting(colour, error):
    """It is the caller's own error, whatever its class; nothing goes on behind it."""

    def fail(job):
        raise error

    client, _ = real_time(endless, colour)
    jobs = jobs_of(client, 20)
    if colour == "sync":
        with pytest.raises(type(error), match="mine"):
            client.jobs.wait_all(jobs, poll=FAST, on_update=fail)
        assert look_threads() == []
        return

    async def main():
        with pytest.raises(type(error), match="mine"):
            await client.jobs.wait_all(jobs, poll=FAST, on_update=fail)
        return await tasks_left()

    assert anyio.run(main, backend=colour) == 0


@colours
def test_an_error_that_is_not_of_this_package_is_not_swallowed(colour):
    """A bug, or a client that was closed meanwhile, is no property of a job."""
    client, _ = real_time([RuntimeError("This client is closed")], colour)
    with pytest.raises(RuntimeError, match="closed"):
        carry(colour, lambda: client.jobs.wait_all(jobs_of(client, 5), poll=FAST))
    assert look_threads() == []


def test_leaving_a_blocking_loop_early_leaves_no_thread():
    """Neither by `break` nor by closing the iterator."""
    client, _ = real_time(lambda r: ended(r) if id_of(r) == "G-3" else endless(r), "sync")
    for job in client.jobs.as_completed(jobs_of(client, 10), poll=FAST):
        assert job.id == "G-3"
        assert look_threads()
        break
    assert look_threads() == []
    left = client.jobs.as_completed(jobs_of(client, 10), poll=FAST)
    next(left)
    left.close()
    assert look_threads() == []
    client.jobs.as_completed(jobs_of(client, 10), poll=FAST)  # never started
    assert look_threads() == []


@async_colours
def test_leaving_an_async_loop_early_leaves_no_task(colour):
    """By `break`, once the iterator is garbage; with `async with`, at once."""
    client, _ = real_time(lambda r: ended(r) if id_of(r) == "G-3" else endless(r), colour)

    async def main():
        async for job in client.jobs.as_completed(jobs_of(client, 10), poll=FAST):
            assert job.id == "G-3"
            break
        await anyio.lowlevel.checkpoint()
        counts = [await tasks_left()]
        async with client.jobs.as_completed(jobs_of(client, 10), poll=FAST) as crowd:
            assert (await anext(crowd)).id == "G-3"
        counts.append(await tasks_left())
        with pytest.raises(StopAsyncIteration):
            await anext(crowd)
        async with client.jobs.as_completed(jobs_of(client, 10)):
            pass  # never started
        return [*counts, await tasks_left()]

    assert anyio.run(main, backend=colour) == [0, 0, 0]


@async_colours
def test_cancelling_leaves_no_task(colour):
    """During a nap, and during a look."""
    client, world = real_time(endless, colour)

    async def main():
        counts = []
        for poll in (Poll(default=100), FAST):
            for wait in (client.jobs.wait_all, lambda jobs, poll: collect(
                client.jobs.as_completed(jobs, poll=poll))):  # fmt: skip
                with anyio.move_on_after(0.05) as scope:
                    await wait(jobs_of(client, 10), poll=poll)
                assert scope.cancelled_caught
                counts.append(await tasks_left())
        return counts

    assert anyio.run(main, backend=colour) == [0] * 4
    assert world.requests


@pytest.mark.parametrize("many", [True, False])
@colours
def test_ctrl_c_leaves_nothing(colour, many):
    """The signal comes while a look is under way."""

    def interrupt(request):
        if len(world.requests) == 5:
            signal.raise_signal(signal.SIGINT)
        return endless(request)

    client, world = real_time(interrupt, colour)
    jobs, left = jobs_of(client, 10), [0]

    def wait():
        return client.jobs.wait_all(jobs, poll=FAST) if many else jobs[0].wait(poll=FAST)

    async def main():
        try:
            await wait()
        finally:
            with anyio.CancelScope(shield=True):
                left.append(await tasks_left())

    with pytest.raises(KeyboardInterrupt):
        wait() if colour == "sync" else anyio.run(main, backend=colour)
    for thread in threading.enumerate():
        # A thread that was just being started when the signal came is ending by itself.
        if thread.name in look_threads():
            thread.join(timeout=10)
    assert look_threads() == []
    assert set(left) == {0}


@async_colours
def test_a_crowd_that_outlives_its_loop(colour):
    """Nothing is left to stop then, and nothing complains."""
    client, _ = real_time(lambda r: ended(r) if id_of(r) == "G-3" else endless(r), colour)

    async def main():
        crowd = client.jobs.as_completed(jobs_of(client, 10), poll=FAST)
        await anext(crowd)
        return crowd

    crowd = anyio.run(main, backend=colour)
    del crowd
    gc.collect()


@async_colours
def test_two_tasks_may_share_one_crowd(colour):
    """Each job goes to one of them, and both end."""
    client, _ = real_time(ended, colour)

    async def main():
        crowd, shares = client.jobs.as_completed(jobs_of(client, 21), poll=FAST), [[], []]

        async def work(share):
            async for job in crowd:
                share.append(job.id)

        async with anyio.create_task_group() as group:
            for share in shares:
                group.start_soon(work, share)
        return sorted(shares[0] + shares[1])

    assert len(set(anyio.run(main, backend=colour))) == 21


# ---------------------------------------------------------------------------------------------
# Bounds and pace, in a time that costs nothing: trio's own clock for tests.


class Slow(JobWorld):
    """Looks take `seconds` of the loop's time and are noted with their start."""

    def __init__(self, answer, seconds):
        super().__init__(answer)
        self.seconds = seconds
        self.under_way = self.most = 0
        self.starts: dict[str, list[float]] = {}

    def client(self, colour="trio"):
        client = super().client(colour)
        slow = evolve(client.engine.world, sender=self, sleep=None)
        uniform = random.Random(1).uniform
        engine = evolve(client.engine, world=slow, clock=trio.current_time, uniform=uniform)
        client._furnish(engine)
        return client

    async def send(self, request):
        self.starts.setdefault(id_of(request), []).append(trio.current_time())
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await trio.sleep(self.seconds)
        self.under_way -= 1
        return JobWorld.send(self, request)


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
    assert max(gaps) <= 24 + 1e-6  # and a tenth of jitter: no look ever waited for its turn
    firsts = sorted(times[0] - begin for times in world.starts.values())
    assert (firsts[0], firsts[-1]) == (pytest.approx(20, abs=2), pytest.approx(41, abs=2))
    early = [t for times in world.starts.values() for t in times if t < deadline - 1e-6]
    per_second = Counter(int(t - begin) for t in early)
    assert max(per_second.values()) <= 2 * 1000 / 20  # twice the mean
    assert all(times[-1] <= deadline + 1e-6 for times in world.starts.values())


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
        return await client.jobs.wait_all(jobs_of(client, 2500), timeout=5)

    jobs = in_no_time(main)
    assert world.most == _crowd_tasks.LOOKS
    assert {len(times) for times in world.starts.values()} == {1}
    assert all(isinstance(job.wait_error, JobTimeoutError) for job in jobs)
    assert all(job.raw["poll_after_seconds"] == 20 for job in jobs), "a last look was lost"


def test_a_blocking_crowd_has_a_bounded_number_of_threads():
    """As many looks as allowed are under way together, never more, each in one of its threads."""
    bound = _crowd_threads.LOOKS
    together, most = threading.Barrier(bound), []

    def answer(request):
        if len(seen) <= 2 * bound:
            together.wait(timeout=20)
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
def test_ten_thousand_waiting_jobs_are_small(colour, tracing):
    """Less than 5 KB each beyond its payload, in a handful of tasks."""
    number = 10_000
    client, world = real_time(endless, colour)
    jobs = [VideoJob(f"G-{i}", json.loads(PAYLOAD), engine=client.engine) for i in range(number)]

    async def measured():
        crowd = client.jobs.as_completed(jobs, poll=Poll(default=100))
        async with anyio.create_task_group() as group:
            group.start_soon(anext, crowd)
            await anyio.wait_all_tasks_blocked()
            gc.collect()
            size, tasks = tracemalloc.get_traced_memory()[0], await tasks_left()
            group.cancel_scope.cancel()
        await crowd.aclose()
        return size, tasks

    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    size, tasks = anyio.run(measured, backend=colour)
    assert (size - before) / number < 5000
    assert tasks <= 3
    assert not world.requests


def test_handles_are_small(tracing):
    """A handle takes little more than its payload."""
    client, _ = real_time(endless, "sync")
    payloads = [json.loads(PAYLOAD) for _ in range(2000)]
    _, size = traced(lambda: [VideoJob("G-1", raw, engine=client.engine) for raw in payloads])
    assert size / 2000 < 200


def test_blocking_crowds_are_small_as_well(tracing):
    """Also after a look, with its payload."""
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
    assert sizes[0] / number < 5000


@pytest.mark.parametrize("wrong", [["G-1"], [None], "G-1"])
@colours
def test_only_handles_are_waited_for(colour, wrong):
    """The error says how to make one of an id."""
    client, _ = real_time(endless, colour)
    for wait in (client.jobs.wait_all, client.jobs.as_completed):
        with pytest.raises(ConfigurationError, match=r"client\.videos\.job"):
            wait(wrong)


@pytest.mark.parametrize(
    "wrong", [{"timeout": -1}, {"poll": 5}, {"on_update": "print"}], ids=lambda w: next(iter(w))
)
@colours
def test_impossible_wishes_are_refused_at_the_call(colour, wrong):
    """Not at the first step of the iteration."""
    client, _ = real_time(endless, colour)
    for wait in (client.jobs.wait_all, client.jobs.as_completed):
        with pytest.raises(ConfigurationError, match=next(iter(wrong))):
            wait([], **wrong)


def test_handles_of_another_client_are_looked_at_with_this_one():
    """Their own connections are not touched."""
    there = JobWorld([AssertionError("the other client")]).client()
    client, _ = real_time(ended, "sync")
    [job] = client.jobs.wait_all([there.videos.job("G-1")], poll=FAST)
    assert job.succeeded
    assert job.engine is client.engine
