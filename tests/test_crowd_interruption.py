"""Leaving early, cancellation, Ctrl-C: nothing of a crowd stays behind."""

from __future__ import annotations

import gc
import itertools
import signal
import sys
import threading
import warnings
import weakref

import anyio
import anyio.lowlevel
import pytest

from aistats import (
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
    tasks_now,
)
from tests.job_world import colours


def test_leaving_a_blocking_loop_early_leaves_no_thread():
    """Neither by `break`, nor by the end of `with`, nor by the iterator becoming garbage."""
    client, _ = real_time(lambda r: ended(r) if id_of(r) == "G-3" else endless(r), "sync")
    for job in client.jobs.as_completed(jobs_of(client, 10), poll=FAST):
        assert job.id == "G-3"
        assert look_threads()
        break
    assert look_threads() == []
    with client.jobs.as_completed(jobs_of(client, 10), poll=FAST) as left:
        assert next(left).id == "G-3"
        assert look_threads()
    assert look_threads() == []
    left = iter(client.jobs.as_completed(jobs_of(client, 10), poll=FAST))
    next(left)
    del left
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
def test_taking_the_last_job_leaves_no_task(colour):
    """Who counts the jobs never asks for one more, and need not close anything."""
    client, _ = real_time(ended, colour)

    async def main():
        crowd = client.jobs.as_completed(jobs_of(client, 10), poll=FAST)
        names = {(await anext(crowd)).id for _ in range(10)}
        return len(names), await tasks_left()

    assert anyio.run(main, backend=colour) == (10, 0)


async def collect(crowd):
    return [job async for job in crowd]


@pytest.mark.parametrize("poll", [Poll(default=100), FAST], ids=["in a nap", "in a look"])
@async_colours
def test_cancelling_leaves_no_task(colour, poll):
    """None is there any more when the waiting task learns of it, however the jobs are held."""
    client, _ = real_time(endless, colour)
    held, counts = [], []

    async def all_of_them():
        await client.jobs.wait_all(jobs_of(client, 10), poll=poll)

    async def one_by_one():
        held.append(client.jobs.as_completed(jobs_of(client, 10), poll=poll))
        await anext(held[0])

    async def main():
        for wait in (all_of_them, one_by_one):
            with anyio.move_on_after(0.05) as scope:
                try:
                    await wait()
                finally:
                    counts.append(tasks_now())
            assert scope.cancelled_caught

    anyio.run(main, backend=colour)
    assert counts == [0, 0]


@pytest.mark.parametrize("many", [True, False])
@colours
def test_ctrl_c_leaves_nothing(colour, many):
    """The signal comes while a look is under way."""

    def interrupt(request):
        if next(numbers) == 5:
            signal.raise_signal(signal.SIGINT)
        return endless(request)

    numbers = itertools.count(1)  # several threads ask, each is given its own number
    client, _ = real_time(interrupt, colour)
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
            thread.join(timeout=60)
    assert look_threads() == []
    assert set(left) == {0}


@async_colours
def test_a_crowd_that_outlives_its_loop(colour, monkeypatch):
    """Nothing is left to stop then, nothing complains, and nothing keeps it."""
    complaints = []
    monkeypatch.setattr(sys, "unraisablehook", lambda found: complaints.append(found.exc_value))
    client, _ = real_time(lambda r: ended(r) if id_of(r) == "G-3" else endless(r), colour)

    async def main():
        crowd = client.jobs.as_completed(jobs_of(client, 10), poll=FAST)
        await anext(crowd)
        return crowd

    with warnings.catch_warnings(record=True, action="always") as warned:
        crowd = anyio.run(main, backend=colour)
        kept = weakref.ref(crowd)
        del crowd
        gc.collect()
    assert kept() is None
    assert [str(each.message) for each in warned] == []
    assert complaints == []
    assert look_threads() == []
