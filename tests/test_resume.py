"""A process that is killed while it waits loses nothing: another one goes on with the handle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import anyio
import pytest

from aistats import AIStats, AsyncAIStats, Poll, VideoJob
from aistats.sandbox import Sandbox
from tests.conftest import ROOT
from tests.reading import GENERATED

QUICK = Poll(default=0.01, floor=0.01, ceiling=0.01)

WAITING = """
from aistats import AIStats, Poll
client = AIStats()
job = client.videos.create(model="google/veo-3.1-lite", prompt="a lake at dawn")
print(job.to_json(), flush=True)
quick = Poll(default=0.01, floor=0.01, ceiling=0.01)
job.wait(timeout=None, poll=quick, on_update=lambda job: print("looked", flush=True))
"""


def killed_while_waiting(gateway: Sandbox) -> str:
    """Create a job in another process and kill that in the middle of its wait; give its text."""
    gateway.videos.plan(polls=10**9)
    path = os.pathsep.join((str(GENERATED), str(ROOT)))
    with subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", WAITING],
        env=os.environ | gateway.environment() | {"PYTHONPATH": path},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        text = process.stdout.readline()
        assert [process.stdout.readline() for _ in range(3)] == ["looked\n"] * 3
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    return text


@pytest.mark.parametrize("by", ["text", "id"])
def test_a_killed_wait_is_resumed_in_another_process(by, tmp_path):
    """By the text of the handle or by the id alone; one job was created, and one was paid for."""
    with Sandbox() as gateway, AIStats(gateway.api_key, base_url=gateway.base_url) as client:
        text = killed_while_waiting(gateway)
        job = client.jobs.from_json(text)
        assert isinstance(job, VideoJob)
        assert gateway.videos.ids == [job.id]
        if by == "id":
            job = client.videos.job(job.id)
        gateway.videos.finish(job.id)
        video = job.wait(timeout=30, poll=QUICK).download(tmp_path / "a.mp4")
        assert video.stat().st_size > 100
        gateway.requests.assert_called("videos.create", times=1)


def test_a_killed_wait_is_resumed_by_the_other_client(tmp_path):
    """The text does not care for colours."""

    async def resume(gateway: Sandbox, text: str) -> None:
        async with AsyncAIStats(gateway.api_key, base_url=gateway.base_url) as client:
            [job] = await client.jobs.wait_all([client.jobs.from_json(text)], poll=QUICK)
            assert job.succeeded

    with Sandbox() as gateway:
        text = killed_while_waiting(gateway)
        gateway.videos.finish(gateway.videos.ids[0])
        anyio.run(resume, gateway, text)
        gateway.requests.assert_called("videos.create", times=1)
