"""The recipe for more than one machine, on a cluster of several processes."""

from __future__ import annotations

import json
import os

import pytest

from aistats import Poll
from aistats.sandbox import Sandbox
from examples.dask_fan_out import fan_out

JOBS = 60


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_many_jobs_over_several_processes(monkeypatch):
    """Each is created once and waited for to its end, by other processes than this one."""
    from distributed import Client, LocalCluster  # late: it takes seconds

    with Sandbox() as gateway:
        gateway.videos.plan(polls=2)
        gateway.videos.plan(status="failed", error="why", next=7)
        for name, value in gateway.environment().items():
            monkeypatch.setenv(name, value)
        with (
            LocalCluster(
                n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
            ) as workers,
            Client(workers) as cluster,
        ):
            prompts = [f"lake {i}" for i in range(JOBS)]
            counts = fan_out(cluster, prompts, Poll(floor=0.01, ceiling=0.01))
        gateway.requests.assert_called("videos.create", times=JOBS)
        assert sorted(gateway.videos.ids) == sorted(json.loads(t)["id"] for t in counts["jobs"])
    assert counts["ended"] == {"completed": JOBS - 7, "failed": 7}
    for step in ("created by", "waited for by"):
        assert sum(counts[step].values()) == JOBS / 10
        assert len(counts[step]) > 1, "one process did it all"
        assert os.getpid() not in counts[step]
