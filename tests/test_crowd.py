"""Many jobs at once: order, failures, bounds and pace, memory, and nothing left behind."""

from __future__ import annotations

import threading
from collections import Counter

import anyio
import anyio.lowlevel
import httpx
import pytest
from attrs import evolve

from aistats import (
    ConfigurationError,
    ConnectionFailedError,
    JobTimeoutError,
    NotFoundError,
    Poll,
)
from tests.crowd_world import (
    FAST,
    async_colours,
    ended,
    endless,
    id_of,
    jobs_of,
    look_threads,
    real_time,
    tasks_left,
)
from tests.job_world import JobWorld, carry, colours


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


@async_colours
def test_closing_a_crowd_ends_the_tasks_that_wait(colour):
    """They see the end of the iteration, and wait for nothing that will not come."""
    client, _ = real_time(endless, colour)

    async def main():
        crowd = client.jobs.as_completed(jobs_of(client, 1), poll=Poll(default=100))
        ends = []

        async def work():
            ends.append([job async for job in crowd])

        async with anyio.create_task_group() as group:
            group.start_soon(work)
            await anyio.wait_all_tasks_blocked()
            await crowd.end()
        return ends

    assert anyio.run(main, backend=colour) == [[]]


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
