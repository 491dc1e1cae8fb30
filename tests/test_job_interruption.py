"""Cancellation and Ctrl-C in the middle of a look, over real sockets: the connection is closed."""

from __future__ import annotations

import signal
import threading

import anyio
import pytest

from aistats import AIStats, AsyncAIStats, Poll
from tests.job_world import KEY
from tests.loopback import Server

NOW = Poll(floor=0, ceiling=0)


class Hanging:
    """Never answers; tells when a look has arrived."""

    def __init__(self, arrived=lambda: None):
        self.arrived = arrived

    def __call__(self, connection, request):
        self.arrived()
        connection.recv(1)  # until the client hangs up


def waiting(client, many):
    """Wait for one job, or for five."""
    jobs = [client.videos.job(f"G-{i}") for i in range(5)]
    return client.jobs.wait_all(jobs, poll=NOW) if many else jobs[0].wait(poll=NOW)


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("colour", ["asyncio", "trio"])
def test_cancelling_a_look_closes_its_connection(colour, many):
    """At once, not when the client is closed."""
    looks, arrived = 5 if many else 1, threading.Semaphore(0)

    async def main():
        async with AsyncAIStats(KEY, base_url=f"{server.url}/v1") as client:
            async with anyio.create_task_group() as group:
                group.start_soon(waiting, client, many)
                for _ in range(looks):
                    assert await anyio.to_thread.run_sync(lambda: arrived.acquire(timeout=60))
                group.cancel_scope.cancel()
            return [server.closed.acquire(timeout=60) for _ in range(looks)]

    with Server(Hanging(arrived.release)) as server:
        assert anyio.run(main, backend=colour) == [True] * looks


def test_ctrl_c_in_a_blocking_look_closes_its_connection():
    """The signal interrupts the read itself."""

    def interrupt():
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)

    with Server(Hanging(interrupt)) as server, AIStats(KEY, base_url=f"{server.url}/v1") as client:
        with pytest.raises(KeyboardInterrupt):
            waiting(client, many=False)
        assert server.closed.acquire(timeout=60)
