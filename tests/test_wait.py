"""The waiter: when it looks, what it bears, and how it ends, in all three colours."""

from __future__ import annotations

import math
import random

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aistats import (
    ConfigurationError,
    ConnectionFailedError,
    JobFailedError,
    JobTimeoutError,
    NotFoundError,
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
        waited(world, timeout=115)
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


@colours
def test_the_first_terminal_payload_is_kept(colour):
    """A finished job is not looked at again by `wait`, and `refresh` cannot lose it."""
    world = JobWorld([DONE, (502, {"error": "upstream_error"})])
    job = waited(world, colour)
    assert carry(colour, job.wait) is job
    assert len(world.requests) == 1
    assert carry(colour, job.refresh) is job
    for answer in (BUSY, RESET, (200, b"<html>")):
        world = JobWorld([answer])
        ended = world.video(colour, **DONE)
        assert carry(colour, lambda ended=ended: ended.refresh()) is ended


@colours
def test_refresh_looks_once(colour):
    """And raises as any call does while the job goes on, or when it is gone."""
    world = JobWorld([BUSY])
    job = world.video(colour)
    assert carry(colour, job.refresh).raw == BUSY
    assert len(world.requests) == 1
    world = JobWorld([(404, {"error": "not_found", "reason": "video_deleted"})])
    for raw in ({}, DONE):
        with pytest.raises(NotFoundError):
            carry(colour, world.video(colour, **raw).refresh)


def test_refresh_updates_a_finished_job():
    """A new signed URL comes with each look at it."""
    world = JobWorld([{**DONE, "download_url": "https://x/2"}])
    assert world.video(**DONE).refresh().raw["download_url"] == "https://x/2"


@pytest.mark.parametrize(
    ("raw", "status", "code", "reason", "provider"),
    [
        ({"status": "failed", "error": {"code": "server_error", "message": "It broke."}},
         "failed", "server_error", "It broke.", None),
        ({"status": "failed", "error": "safety", "provider": "google-ai-studio"},
         "failed", None, "safety", "google-ai-studio"),
        ({"status": "failed", "provider": "minimax"}, "failed", None, None, "minimax"),
        ({"status": "canceled"}, "cancelled", None, None, None),
        ({"status": "expired"}, "expired", None, None, None),
        ({"status": "error", "error": None}, "failed", None, None, None),
        ({"status": "processing", "lifecycle_status": "failed"}, "failed", None, None, None),
    ],
)  # fmt: skip
@colours
def test_failure_is_an_error_with_its_detail(colour, raw, status, code, reason, provider):
    """From each shape; the job itself is in it."""
    world = JobWorld([raw])
    with pytest.raises(JobFailedError) as caught:
        waited(world, colour)
    error = caught.value
    assert (error.status, error.code, error.reason) == (status, code, reason)
    assert (error.provider, error.request_id, error.job.raw) == (provider, "G-1", raw)
    assert "\n" not in str(error)
    for word in ("G-1", status, reason or ""):
        assert word in str(error)


def test_a_job_that_had_already_failed_raises_as_well():
    """Without a request."""
    world = JobWorld()
    with pytest.raises(JobFailedError):
        world.video(status="failed").wait()


@colours
def test_failure_as_a_result(colour):
    """With `raise_on_failure=False` the job is returned, terminal and not succeeded."""
    world = JobWorld([{"status": "failed", "error": "why"}])
    job = waited(world, colour, raise_on_failure=False)
    assert (job.is_terminal, job.succeeded, job.outcome) == (True, False, "failed")


def test_completed_without_outputs_is_returned():
    """The gateway often lists none although there is one (§3.4)."""
    world = JobWorld([{"status": "completed", "outputs": []}])
    assert waited(world).succeeded


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


# ---------------------------------------------------------------------------------------------
# Properties, whatever the gateway answers.

looks = st.lists(
    st.one_of(
        st.floats(0.01, 300).map(busy),
        st.sampled_from([busy(h) for h in (0, -1, True, "x", 10**400)]),
        st.sampled_from([RESET, (502, {}), (429, {}), (200, b"{")]),
    ),
    min_size=1,
    max_size=12,
)
pairs = st.tuples(st.floats(0.05, 200), st.floats(0.05, 200))


@settings(max_examples=120, deadline=None)
@given(looks, pairs, st.floats(0, 2000), st.floats(0, 30), st.integers(0, 2**32))
def test_the_laws_of_napping(answers, bounds, timeout, seconds_per_look, seed):
    """Never past the deadline, below the floor or before the hint; always exactly one last look."""
    poll = Poll(floor=min(bounds), ceiling=max(bounds), patience=10**6)
    hint, asleep_since = None, 1000.0
    naps: list[tuple[float, float]] = []  # when each look began, and the least it had to wait for

    def answer(request):
        nonlocal hint, asleep_since
        naps.append((world.looked_at[-1] - asleep_since, poll.pace(hint, 20.0)))
        asleep_since = world.now
        body = answers.pop(0) if len(answers) > 1 else answers[0]
        hint = body["poll_after_seconds"] if isinstance(body, dict) else hint
        return body

    world = JobWorld(answer, seconds_per_look=seconds_per_look, uniform=random.Random(seed).uniform)
    with pytest.raises(JobTimeoutError):
        waited(world, timeout=timeout, poll=poll)
    deadline, tiny = 1000.0 + timeout, 1e-6
    *early, last = world.looked_at
    assert all(nap >= least - tiny for nap, least in naps[:-1])
    assert all(at < deadline for at in early), "one look at the deadline, not more"
    under_way = early and early[-1] + seconds_per_look > deadline
    if under_way:  # and told nothing: the last look came as soon as that was known
        assert last == early[-1] + seconds_per_look
    elif last + seconds_per_look < deadline:
        pytest.fail("it gave up before the deadline")
    else:
        assert last <= deadline + tiny, "the deadline was overslept"
    if last < deadline - tiny:
        assert naps[-1][0] >= naps[-1][1] - tiny
