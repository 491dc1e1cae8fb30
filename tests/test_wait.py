"""The waiter: when it looks, what it bears, and how it ends, in all three colours."""

from __future__ import annotations

import math

import httpx
import pytest

from aistats import (
    ConfigurationError,
    ConnectionFailedError,
    JobTimeoutError,
    Poll,
    RateLimitError,
    RequestTimeoutError,
)
from aistats.jobs import BatchJob, MusicJob, VideoJob
from tests.job_world import JobWorld, carry, colours
from tests.test_pace import GARBAGE

DONE = {"id": "G-1", "status": "completed", "outputs": [{"index": 0}]}
BUSY = {"id": "G-1", "status": "processing", "poll_after_seconds": 20}
RESET = httpx.ReadError("reset by peer")


def busy(hint):
    return {**BUSY, "poll_after_seconds": hint}


def waited(world, colour="sync", job=None, **options):
    """Wait for a job of this world; give what came of it."""
    job = job or world.video(colour, status="queued")
    return carry(colour, lambda: job.wait(**options))


@colours
def test_naps_follow_the_hint_of_the_latest_answer(colour):
    """No hint at creation, then a new one at each look; the first nap is the default of videos."""
    world = JobWorld([busy(3), busy(7.5), busy(0.2), busy(500), DONE])
    job = waited(world, colour)
    assert world.naps == [20.0, 3.0, 7.5, 1.0, 120.0]
    assert world.paths == ["/videos/G-1"] * 5
    assert job.raw == DONE
    assert job.succeeded


@pytest.mark.parametrize(
    ("kind", "path", "nap"),
    [
        (VideoJob, "/videos/j", 20),
        (MusicJob, "/music/generate/j", 20),
        (BatchJob, "/batches/j", 30),
    ],
)
def test_kinds_differ_in_path_and_default(kind, path, nap):
    """One flow for all three."""
    world = JobWorld([{"id": "j", "status": "running"}, DONE])
    waited(world, job=kind("j", {"id": "j"}, engine=world.engine()))
    assert world.naps == [nap, nap]
    assert world.paths == [path, path]


@pytest.mark.parametrize("hint", GARBAGE, ids=lambda hint: repr(hint)[:20])
def test_garbage_hints_mean_the_default(hint):
    """The caller's, where there is one."""
    for poll, nap in ((Poll(), 20.0), (Poll(default=4), 4.0)):
        world = JobWorld([DONE])
        waited(world, job=world.video(**busy(hint)), poll=poll)
        assert world.naps == [nap]


def test_hints_that_json_writers_other_than_ours_send():
    """NaN, Infinity and numbers beyond every float, as text on the wire."""
    wire = [b"true", b'"5"', b"-1", b"NaN", b"Infinity", b"-Infinity", b"1e999", b"1" + b"0" * 400]
    bodies = [(200, b'{"status": "x", "poll_after_seconds": ' + hint + b"}") for hint in wire]
    world = JobWorld([*bodies, DONE])
    waited(world)
    assert world.naps == [20.0] * 9


@colours
def test_a_terminal_job_costs_no_request(colour):
    """And calls nobody."""
    world = JobWorld()
    seen = []
    job = world.video(colour, status="succeeded")
    assert carry(colour, lambda: job.wait(on_update=seen.append)) is job
    assert (world.requests, world.naps, seen) == ([], [], [])


@pytest.mark.parametrize("timeout", [0, 0.0, 5, 19.75])
@colours
def test_the_deadline_gets_one_last_look(colour, timeout):
    """Even before the hint is over; it may find the job done."""
    world = JobWorld([DONE])
    assert waited(world, colour, timeout=timeout).succeeded
    assert world.naps == ([timeout] if timeout else [])
    world = JobWorld([BUSY])
    with pytest.raises(JobTimeoutError) as caught:
        waited(world, colour, timeout=timeout)
    assert world.looked_at == [1000.0 + timeout]
    assert caught.value.job.raw == BUSY
    assert f"after {timeout:g} s" in str(caught.value)


def test_the_timed_out_job_can_be_waited_for_again():
    """Its last snapshot is a handle like any other, and the hint in it counts."""
    world = JobWorld([busy(5), busy(5), DONE])
    with pytest.raises(JobTimeoutError) as caught:
        waited(world, timeout=21)
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.job.wait().succeeded
    assert world.naps == [20.0, 1.0, 5.0]


def test_a_look_that_ends_behind_the_deadline_is_the_last_one():
    """It asked later than any other would."""
    world = JobWorld([BUSY], seconds_per_look=8)
    with pytest.raises(JobTimeoutError):
        waited(world, timeout=25)
    assert (world.naps, len(world.requests)) == ([20.0], 1)


def test_a_look_that_fails_behind_the_deadline_is_not():
    """It told nothing: one more look follows at once."""
    world = JobWorld([RESET, DONE], seconds_per_look=8)
    assert waited(world, timeout=25).succeeded
    assert (world.naps, len(world.requests)) == ([20.0], 2)


def test_without_a_timeout_it_waits_for_ever():
    """Years of it."""
    world = JobWorld(lambda request: DONE if world.now > 4e7 else busy(1e9))
    assert waited(world, timeout=None, poll=Poll(ceiling=1e6)).succeeded
    assert sum(world.naps) > 3e7


def test_a_look_takes_no_longer_than_the_deadline_allows():
    """A hanging look is cut: at the deadline, after a minute at most, ten seconds at least."""
    allowed = []

    def answer(request):
        allowed.append(request.extensions["timeout"].get("read"))
        return BUSY

    world = JobWorld(answer)
    with pytest.raises(JobTimeoutError):
        world.client().with_options(timeout=600).videos.job("G-1").wait(timeout=115)
    assert world.naps == [20.0] * 5 + [15.0]
    assert allowed == [60, 60, 55, 35, 15, 10]


def test_the_callers_own_timeout_still_holds():
    """A client with a shorter one keeps it for looks."""
    world = JobWorld([DONE])
    client = world.client().with_options(timeout=3)
    assert client.videos.job("G-1").wait().succeeded
    assert world.requests[0].extensions["timeout"].get("read") == 3


@colours
def test_every_successful_look_is_told(colour):
    """The last one included; an async callback is awaited."""
    world = JobWorld([busy(1), RESET, busy(2), DONE])
    seen = []

    async def slow(job):
        seen.append(job)

    job = waited(world, colour, on_update=seen.append if colour == "sync" else slow)
    assert [told.status for told in seen] == ["processing", "processing", "completed"]
    assert seen[-1] is job
    assert [told.raw.get("poll_after_seconds") for told in seen] == [1, 2, None]


@colours
def test_what_a_callback_raises_ends_the_wait(colour):
    """It is the caller's own, whatever its class."""
    world = JobWorld([BUSY])
    for error in (KeyError("mine"), ConnectionFailedError("mine too")):

        def fail(job, error=error):
            raise error

        with pytest.raises(type(error), match="mine"):
            waited(world, colour, on_update=fail)
    assert len(world.requests) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"timeout": -1}, {"timeout": math.nan}, {"timeout": "5"}, {"timeout": True},
        {"timeout": 10**400}, {"poll": 5}, {"on_update": "print"},
    ],
)  # fmt: skip
def test_impossible_wishes_are_refused_before_anything_is_done(wrong):
    """The error names the argument."""
    world = JobWorld()
    with pytest.raises(ConfigurationError, match=next(iter(wrong))):
        waited(world, **wrong)
    assert not world.naps


def test_an_infinite_timeout_is_no_timeout():
    """As None."""
    assert waited(JobWorld([DONE]), timeout=math.inf).succeeded


def test_a_timed_out_look_is_a_request_timeout():
    """The cause within a timed-out wait tells what the network did."""
    world = JobWorld([httpx.ReadTimeout("slow")])
    with pytest.raises(JobTimeoutError) as caught:
        waited(world, timeout=1)
    assert isinstance(caught.value.__cause__, RequestTimeoutError)


def test_a_limit_of_the_key_is_borne_like_any_429():
    """Until patience ends; then it is named."""
    world = JobWorld([(429, {"error": "key_limit_exceeded"})])
    with pytest.raises(RateLimitError):
        waited(world, poll=Poll(patience=2))
