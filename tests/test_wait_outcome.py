"""How a wait ends: the payload that is kept, a second look, and failure as an error or a result."""

from __future__ import annotations

import gc
import weakref

import pytest

from aistats import (
    AIStatsError,
    JobFailedError,
    NotFoundError,
)
from tests.crowd_world import in_a_fresh_process
from tests.job_world import JobWorld, carry, colours
from tests.test_wait import BUSY, DONE, RESET, waited


@colours
def test_the_first_terminal_payload_is_kept(colour):
    """A finished job is not looked at again by `wait`, and `refresh` cannot lose it."""
    world = JobWorld([DONE, (502, {"error": "upstream_error"})])
    job = waited(world, colour)
    assert carry(colour, job.wait) is job
    assert len(world.requests) == 1
    assert carry(colour, job.refresh) is job
    gone = (502, {"error": "upstream_error", "upstream_status": 404})
    for answer in (BUSY, RESET, (200, b"<html>"), gone):
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


def errors_kept():
    """Count the errors of waits that outlive whoever caught them, without the collector."""
    gc.disable()
    refs = []
    for answer in ((404, {}), {"status": "failed"}, BUSY):
        client = JobWorld([answer]).client()
        try:
            client.videos.job("G-1").wait(timeout=0)
        except AIStatsError as error:
            refs.append(weakref.ref(error))
        [job] = client.jobs.wait_all([client.videos.job("G-1")], timeout=0)
        refs += [weakref.ref(job.wait_error)] if job.wait_error else []
        del job
    assert len(refs) == 5
    return sum(ref() is not None for ref in refs)


def test_what_a_wait_raises_is_not_kept():
    """The error goes with whoever caught it: thousands of jobs leave no cycles behind."""
    assert in_a_fresh_process(errors_kept) == 0
