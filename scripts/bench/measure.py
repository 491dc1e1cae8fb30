"""Runs the rounds: in every round each client has its turn at each task, so that noise hits all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scripts.bench.rows import Row

CLIENTS = ("raw_httpx", "raw_httpx_default", "aistats", "openai", "phaseo")
_QUICK_PACE = {"4-12-1": "2-6-1"}
"""Shorter jobs: seconds they take, least and most, and the hint."""
_PEERS = frozenset({"openai", "phaseo"})
_FOR_FEW_ROWS = {
    "raw_httpx_default": ("chat_async", "chat_steady"),
}
"""Clients that are there for a few tasks only."""
_OF_A_FRESH_PROCESS = frozenset({"download", "upload_sync", "upload_async"})
"""Memory that an earlier task gave back would hide how much these take."""
_QUICK_SECONDS = 40
"""A quick run begins no round that would end after them; peers have a turn in the first half."""
_PATIENCE = 300
"""Seconds a client may take for one task."""
_ENDED = "a process of the benchmark ended; its error is above"


class Task(NamedTuple):
    """What a worker is asked to do."""

    name: str
    size: int
    pace: str

    @classmethod
    def of(cls, row: Row, *, quick: bool) -> Task | None:
        """Give the task of a row, or None when a quick run leaves it out."""
        size = row.quick_size if quick else row.size
        pace = _QUICK_PACE.get(row.pace, row.pace) if quick else row.pace
        return cls(row.task, size, pace) if size else None


Results = dict[Task, dict[str, list[dict[str, Any]]]]
"""A result per round, by task and client."""


def _environment() -> dict[str, str]:
    """Give the processes' environment: this checkout first, and modules compiled once for all."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": os.pathsep.join((".", "generated"))}


class _Process:
    """A Python process that is written to and read from by the line."""

    def __init__(self, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=_environment(),
        )
        assert self._process.stdin is not None  # noqa: S101  # both are pipes
        assert self._process.stdout is not None  # noqa: S101
        self._in: IO[str] = self._process.stdin
        self._out: IO[str] = self._process.stdout

    def line(self) -> str:
        """Read one line."""
        if not (line := self._out.readline()):
            raise RuntimeError(_ENDED)
        return line

    def say(self, line: str) -> None:
        """Write one line; a process that has ended said why in its last one."""
        with suppress(BrokenPipeError):
            self._in.write(line + "\n")
            self._in.flush()

    def stop(self) -> None:
        """End the process by closing what it reads."""
        with suppress(BrokenPipeError):
            self._in.close()
        self._process.wait(timeout=30)


class Server(_Process):
    """The benchmark's server, in its own process."""

    def __init__(self) -> None:
        super().__init__("scripts.bench.server")
        self.url = f"http://127.0.0.1:{int(self.line())}"

    def polls(self) -> int:
        """Give the number of looks at jobs since this was asked last."""
        with urllib.request.urlopen(f"{self.url}/statistics") as answer:  # noqa: S310  # loopback
            return int(json.load(answer)["polls"])


class Client(_Process):
    """One client's worker."""

    def __init__(self, name: str, url: str) -> None:
        super().__init__("scripts.bench.worker", name, url)
        self.name = name
        said = self.ask(Task("version", 0, ""))
        self.present = "version" in said
        self.version = str(said.get("version", "not installed"))

    def ask(self, task: Task) -> dict[str, Any]:
        """Have the worker do a task; one that hangs is ended."""
        self.say(json.dumps({"task": task.name, "size": task.size, "pace": task.pace}))
        patience = threading.Timer(_PATIENCE, self._process.kill)
        patience.start()
        try:
            answer: dict[str, Any] = json.loads(self.line())
        except RuntimeError:
            return {"error": f"failed: no answer, waited {_PATIENCE} s at most"}
        finally:
            patience.cancel()
        return answer


def measure(
    server: Server, clients: Iterable[Client], tasks: Iterable[Task], rounds: int, *, quick: bool
) -> Results:
    """Have every client do every task `rounds` times, waiting for jobs fewer times."""
    clients, results = [client for client in clients if client.present], Results()
    began = time.monotonic()
    for number in range(rounds):
        took = time.monotonic() - began
        if quick and number and took + took / number > _QUICK_SECONDS:
            break
        for task in tasks:
            if number >= turns(task, rounds):
                continue
            for client in clients:
                if not takes_part(client.name, task, quick=quick):
                    continue
                late = number > 0 or time.monotonic() - began > _QUICK_SECONDS / 2
                if quick and late and client.name in _PEERS:
                    continue  # one look at them has to do, if there is time for it
                answers = results.setdefault(task, {}).setdefault(client.name, [])
                if answers and "error" in answers[-1]:
                    continue
                answers.append(_turn(server, client, task))
        print(f"round {number + 1} of {rounds} done", file=sys.stderr, flush=True)
    return results


def takes_part(client: str, task: Task, *, quick: bool) -> bool:
    """Say whether a client does a task: raw httpx has no waiter, and would take long to be slow."""
    if task.name == "jobs":
        return client == "aistats" or (client == "openai" and not quick and task.size <= 1_000)
    if task.name == "slow" and task.size == 1_000 and quick:
        return client == "aistats"
    if client in _FOR_FEW_ROWS:
        return task.name in _FOR_FEW_ROWS[client]
    return not (client == "raw_httpx" and task.name in ("slow", "parse"))


def turns(task: Task, rounds: int) -> int:
    """Give how often a task is done: waiting for jobs takes long, and compares with nobody."""
    if task.name != "jobs":
        return rounds
    return 2 if rounds >= 5 and task.size <= 1_000 else 1


def _turn(server: Server, client: Client, task: Task) -> dict[str, Any]:
    if task.name in _OF_A_FRESH_PROCESS:
        client = Client(client.name, server.url)
        answer = client.ask(task)
        client.stop()
        return answer
    server.polls()
    answer = client.ask(task)
    if task.name == "jobs" and "error" not in answer:
        answer["polls"] = server.polls()
        answer["cpu_per_poll"] = answer["cpu"] / answer["polls"]
    return answer
