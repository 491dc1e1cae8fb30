"""What the tests of many jobs share: gateways in a function, clients in real time, counting."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time

import anyio
import anyio.lowlevel
import pytest
import trio
import trio.testing
from attrs import evolve

from aistats import (
    Poll,
    VideoJob,
)
from tests.conftest import ROOT
from tests.job_world import COLOURS, JobWorld

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
    sleep = time.sleep if colour == "sync" else None
    awake = evolve(client.engine.world, sleep_for=sleep)
    client._furnish(evolve(client.engine, clock=time.monotonic, world=awake))
    return client, world


def ended(request):
    return {"id": id_of(request), "status": "completed"}


def endless(request):
    return {"id": id_of(request), "status": "processing"}


def look_threads():
    return [t.name for t in threading.enumerate() if t.name.startswith("aistats")]


def tasks_now():
    """Count the tasks of this loop beside the one that asks."""
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


async def tasks_left():
    """Count them once the loop has had the rounds that a cancellation takes."""
    for _ in range(20):
        await anyio.lowlevel.checkpoint()
    await anyio.wait_all_tasks_blocked()
    return tasks_now()


def in_a_fresh_process(measure):
    """Measure where neither coverage nor what other tests left behind takes memory."""
    script = f"from {measure.__module__} import {measure.__name__} as m; print(m())"
    shown = subprocess.run(  # noqa: S603 - our own text
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    return float(shown)
