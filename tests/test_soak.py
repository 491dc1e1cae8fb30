"""The soak test in small: jobs on both clients against a gateway that misbehaves."""

from __future__ import annotations

from scripts.faulty_gateway import CREATE_FAULTS, LOOK_FAULTS
from scripts.soak import soak, table


def test_no_job_is_lost_or_created_twice_and_nothing_is_left_behind():
    """Every fault is met; `make soak` does the same with thousands."""
    run = soak(async_jobs=150, sync_jobs=60, seed=2)
    assert not run.faults, table(run)
    assert [sum(tally.ends.values()) for tally in run.tallies] == [150, 60]
    assert all(tally.ends["failed"] and tally.ends["completed"] for tally in run.tallies)
    assert all(tally.lost_answers for tally in run.tallies)
    assert {fault.removeprefix("created, ") for fault in (*LOOK_FAULTS, *CREATE_FAULTS)} <= {
        fault.removeprefix("created, ") for fault in run.seen["faults"]
    }
