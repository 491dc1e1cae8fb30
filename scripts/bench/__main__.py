"""`make bench`: measures, prints the table, fills the page, and fails when a promise is broken."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from scripts.bench import report
from scripts.bench.measure import CLIENTS, Client, Server, Task, measure
from scripts.bench.payloads import UPLOAD_BYTES
from scripts.bench.rows import ROWS


def main() -> int:
    """Run the benchmark; 0 when every promise is kept."""
    options = _options()
    with tempfile.TemporaryDirectory(dir=_memory_disk()) as scratch:
        os.environ["BENCH_SCRATCH"] = scratch
        Path(scratch, "upload.bin").write_bytes(os.urandom(1_000_000) * (UPLOAD_BYTES // 1_000_000))
        server = Server()
        print(f"starting {', '.join(options.clients)}", file=sys.stderr, flush=True)
        clients = [Client(name, server.url) for name in options.clients]
        wanted = [Task.of(row, quick=options.quick) for row in ROWS if options.only in row.task]
        tasks = list(dict.fromkeys(task for task in wanted if task is not None))
        rounds = options.rounds or (3 if options.quick else 5)
        results = measure(server, clients, tasks, rounds, quick=options.quick)
        for process in (*clients, server):
            process.stop()
    flat = [{"task": task._asdict(), "rounds": by_client} for task, by_client in results.items()]
    Path(options.json).write_text(json.dumps(flat, indent=1), encoding="utf-8")
    text = report.table(results, clients, quick=options.quick)
    print(text)
    if options.fill and not options.only:
        report.write(text)
    broken = [] if options.only else report.broken(results, quick=options.quick)
    for line in broken:
        print(f"not kept: {line}", file=sys.stderr)
    return 1 if broken else 0


def _memory_disk() -> str | None:
    """Prefer files in memory: the disk is not what is measured, and we wait for it (fsync)."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # a fresh folder in it


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds and sizes, under a minute")
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--only", default="", help="only tasks with this in their name")
    parser.add_argument("--clients", nargs="+", default=list(CLIENTS))
    parser.add_argument("--json", default="bench.json", help="where every single result goes")
    parser.add_argument("--fill", action="store_true", help="fill the table of docs/benchmarks.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
