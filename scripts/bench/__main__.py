"""`make bench`: measures, prints the table, fills the page, and fails when a promise is broken.

In every round each client has its turn at each task, so that noise hits all alike.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scripts.bench.clients import CLIENTS
from scripts.bench.rows import ROWS, Row, Task

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
_BEGIN, _END = "<!-- table: begin -->", "<!-- table: end -->"
_SHOWN = ("aistats", "openai", "phaseo")
_QUICK_SECONDS = 40
"""A quick run begins no round that would end after them; peers have a turn in the first half."""
_PATIENCE = 300
"""Seconds a client may take for one task."""
_OF_A_FRESH_PROCESS = ("download", "upload", "upload_async")
"""Memory that an earlier task gave back would hide how much these take."""


class Process:
    """A Python process of the benchmark that is written to and read from by the line."""

    def __init__(self, *arguments: str) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((".", "generated"))}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once for all
        command, pipe = [sys.executable, "-m", *arguments], subprocess.PIPE
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, text=True, env=environment
        )
        self.greeting = self._line()

    def _line(self) -> str:
        """Read one line; nothing when the process has ended."""
        return self._process.stdout.readline().strip() if self._process.stdout else ""

    def ask(self, task: Task) -> dict[str, Any]:
        """Have a worker do a task; one that hangs is ended."""
        patience = threading.Timer(_PATIENCE, self._process.kill)
        patience.start()
        with suppress(BrokenPipeError):  # it said why it ended in its last line
            print(json.dumps(task._asdict()), file=self._process.stdin, flush=True)
        told = self._line()
        patience.cancel()
        answer: dict[str, Any] = json.loads(told or '{"error": "failed: no answer"}')
        return answer

    def stop(self) -> None:
        """End the process by closing what it reads."""
        with suppress(BrokenPipeError):
            self._process.communicate(timeout=30)


class Bench:
    """The server, the clients, and what they did: a result per round, by task and client."""

    def __init__(self, *, quick: bool) -> None:
        self.quick = quick
        self.server = Process("scripts.bench.server")
        self.url = f"http://127.0.0.1:{self.server.greeting}"
        self.clients = {name: self._client(name) for name in CLIENTS}
        self.results: dict[Task, dict[str, list[dict[str, Any]]]] = {}

    def _client(self, name: str) -> Process:
        return Process("scripts.bench.worker", name, self.url)

    def measure(self, tasks: list[Task], rounds: int) -> None:
        """Have every client do every task, waiting for jobs fewer times."""
        began = time.monotonic()
        for number in range(rounds):
            took = time.monotonic() - began
            if self.quick and number and took + took / number > _QUICK_SECONDS:
                break
            for task in tasks:
                if task.task == "jobs" and number > (task.size == 1_000):
                    continue
                for name in self.clients:
                    done = self.results.setdefault(task, {}).setdefault(name, [])
                    failed = done and "error" in done[-1]
                    late = number > 0 or time.monotonic() - began > _QUICK_SECONDS / 2
                    if self._takes_part(name, task, late=late) and not failed:
                        done.append(self._turn(name, task))
            print(f"round {number + 1} of {rounds} done", file=sys.stderr, flush=True)

    def _takes_part(self, client: str, task: Task, *, late: bool) -> bool:
        """Say whether a client has a turn: httpx has no waiter, and waiting for peers takes long.

        In a quick run one look at the peers has to do, if there is time for it.
        """
        if task.task == "jobs" and (client != "openai" or task.size != 1_000):
            return client == "aistats"
        if self.quick and (task.task == "slow" or (late and client in ("openai", "phaseo"))):
            return client == "aistats"
        return True

    def _turn(self, name: str, task: Task) -> dict[str, Any]:
        if task.task in _OF_A_FRESH_PROCESS:
            fresh = self._client(name)
            answer = fresh.ask(task)
            fresh.stop()
            return answer
        self._looks()
        answer = self.clients[name].ask(task)
        if task.task == "jobs" and "error" not in answer:
            answer["cpu"] /= self._looks()
        return answer

    def _looks(self) -> int:
        """Ask the server how many looks at jobs came since this was asked last."""
        with urllib.request.urlopen(f"{self.url}/looks") as answer:  # noqa: S310  # loopback
            return int(answer.read())

    def stop(self) -> None:
        """End all processes."""
        for process in (*self.clients.values(), self.server):
            process.stop()

    def value(self, row: Row, client: str) -> float | str:
        """Give the median of a row's measure over the rounds, or why there is none."""
        rounds = self.results[row.task].get(client, [])
        if row.against in CLIENTS or not row.against:
            base = self.results[row.task].get(row.against, [])
        else:
            base = next((r[client] for t, r in self.results.items() if t.task == row.against), [])
        if rounds and "error" in rounds[-1]:
            return str(rounds[-1]["error"])
        own = [float(each[row.measure]) for each in rounds]
        if row.against:  # a peer may have had fewer rounds
            ratios = [mine / other[row.measure] for mine, other in zip(own, base, strict=False)]
            own = [1 / ratio for ratio in ratios] if row.is_speed else ratios
        return statistics.median(own) * row.scale if own else "not run"

    def table(self, rows: list[Row]) -> tuple[str, list[str]]:
        """Give the table in Markdown, and the promises that are not kept."""
        versions = [f"{name} {p.greeting or 'missing'}" for name, p in self.clients.items()]
        heading = (
            f"Measured {datetime.now(UTC):%Y-%m-%d} on {platform.system()} {platform.machine()}, "
            f"Python {platform.python_version()}: {', '.join(versions)}."
        )
        heading += " A quick run: few rounds, small sizes." if self.quick else ""
        lines = [heading, "", f"| what | promised | {' | '.join(_SHOWN)} | kept |"]
        lines.append("| --- | --- |" + " --- |" * (len(_SHOWN) + 1))
        broken = []
        for row in rows:
            found = {name: self.value(row, name) for name in _SHOWN}
            shown = [
                v.partition(":")[0] if isinstance(v, str) else row.shown(v) for v in found.values()
            ]
            ours = found["aistats"]
            kept = not isinstance(ours, str) and row.keeps(ours)
            if not kept:
                broken.append(f"{row.name}: {ours}, promised {row.target}")
            cells = [row.name, row.target, *shown, "yes" if kept else "**no**"]
            lines.append(f"| {' | '.join(cells)} |")
        return "\n".join(lines), broken


def main() -> int:
    """Run the benchmark; 0 when every promise is kept."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds and sizes, under a minute")
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--only", default="", help="only tasks with this in their name")
    parser.add_argument("--fill", action="store_true", help="fill the table of docs/benchmarks.md")
    options = parser.parse_args()
    rows = [row._replace(task=row.quick or row.task) if options.quick else row for row in ROWS]
    rows = [row for row in rows if row.task.size and options.only in row.task.task]
    in_memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # not the disk
    with tempfile.TemporaryDirectory(dir=in_memory) as scratch:
        os.environ["BENCH_SCRATCH"] = scratch
        Path(scratch, "upload.bin").write_bytes(os.urandom(1_000_000) * 150)
        print(f"starting {', '.join(CLIENTS)}", file=sys.stderr, flush=True)
        bench = Bench(quick=options.quick)
        tasks = list(dict.fromkeys(row.task for row in rows))
        bench.measure(tasks, options.rounds or (3 if options.quick else 5))
        bench.stop()
    flat = [{**task._asdict(), "rounds": done} for task, done in bench.results.items()]
    Path("bench.json").write_text(json.dumps(flat, indent=1), encoding="utf-8")
    text, broken = bench.table(rows)
    print(text)
    if options.fill and not (options.only or options.quick):  # a page shows a whole run
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(_BEGIN)
        after = rest.partition(_END)[2]
        PAGE.write_text(f"{before}{_BEGIN}\n\n{text}\n\n{_END}{after}", encoding="utf-8")
    for line in broken:
        print(f"not kept: {line}", file=sys.stderr)
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
