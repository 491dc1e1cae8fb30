"""Turns results into the table of docs/benchmarks.md, and tells which promises are kept."""

from __future__ import annotations

import platform
import statistics
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.bench.measure import Task
from scripts.bench.rows import ROWS, Row

if TYPE_CHECKING:
    from scripts.bench.measure import Client, Results

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
_BEGIN, _END = "<!-- table: begin -->", "<!-- table: end -->"
_PEERS = ("openai", "phaseo")


def value(row: Row, results: Results, client: str, *, quick: bool) -> float | str:
    """Give the median of a row's measure over the rounds, or why there is none."""
    task = Task.of(row, quick=quick)
    if task is None:
        return "not run (quick)"
    rounds = results.get(task, {}).get(client)
    if rounds is None:
        return "not run"
    if "error" in rounds[-1]:
        return str(rounds[-1]["error"])
    base = results[task].get(row.against, []) if row.compare != "absolute" else rounds
    pairs = zip(rounds, base, strict=False)  # a peer may have had fewer rounds
    return statistics.median(_compare(row, each, other) for each, other in pairs)


def _compare(row: Row, own: dict[str, Any], base: dict[str, Any]) -> float:
    measure = float(own.get(row.measure, "nan")) * row.scale
    if row.compare == "absolute":
        return measure
    other = float(base[row.measure]) * row.scale
    if row.compare == "difference":
        return measure - other
    return other / measure if row.compare == "faster" else measure / other


def table(results: Results, clients: list[Client], *, quick: bool) -> str:
    """Give the table in Markdown, with what it was measured on."""
    absent = {client.name for client in clients if not client.present}
    head = ["what", "promised", "aistats", *_PEERS, "kept"]
    lines = [" | ".join(head), " | ".join(["---"] * len(head))]
    for row in ROWS:
        if (task := Task.of(row, quick=quick)) and task not in results:
            continue  # not asked for
        values = [
            "not installed" if name in absent else value(row, results, name, quick=quick)
            for name in ("aistats", *_PEERS)
        ]
        ours = values[0]
        kept = "-" if isinstance(ours, str) else ("yes" if row.met(ours) else "**no**")
        shown = [_shown(row, each) for each in values]
        lines.append(" | ".join([row.name, row.target, *shown, kept]))
    return "\n".join([_heading(clients, quick=quick), "", *[f"| {line} |" for line in lines]])


def _heading(clients: list[Client], *, quick: bool) -> str:
    named = ("raw_httpx", "aistats", *_PEERS)
    versions = ", ".join(f"{each.name} {each.version}" for each in clients if each.name in named)
    kind = " A quick run: few rounds, small sizes." if quick else ""
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}: {versions}.{kind}"
    )


def _shown(row: Row, found: float | str) -> str:
    if isinstance(found, str):
        return found.partition(":")[0]
    digits = 0 if abs(found) >= 100 else 1 if abs(found) >= 10 else 2
    return f"{found:.{digits}f}{'x' if row.unit == 'x' else ' ' + row.unit}".rstrip()


def broken(results: Results, *, quick: bool) -> list[str]:
    """Name the rows whose promise this client does not keep."""
    found = [(row, value(row, results, "aistats", quick=quick)) for row in ROWS]
    return [
        f"{row.name}: {_shown(row, got)}, promised {row.target}"
        for row, got in found
        if not str(got).startswith("not run") and (isinstance(got, str) or not row.met(got))
    ]


def write(text: str) -> None:
    """Put the table into the page, in the place of the one before."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(_BEGIN)
    after = rest.partition(_END)[2]
    PAGE.write_text(f"{before}{_BEGIN}\n\n{text}\n\n{_END}{after}", encoding="utf-8")
