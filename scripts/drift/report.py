"""Say what was found: for people in a terminal, for programs, for a pull request."""

from __future__ import annotations

import json
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from scripts.drift.verdicts import ACKNOWLEDGED, DOCUMENT, SEVERITIES, Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scripts.drift.baseline import Entry

WIDTH_LIMIT: Final = 70  # of one value in a table, and of the column that says what and where
ROW_LIMIT: Final = 200  # of the Markdown report: a pull request body holds 65 536 characters
EXPLAINED: Final = """
The verdicts are about the interface: *breaking* means that code which is right today can go wrong. \
What this client does about it at run time stands beside."""


@frozen(kw_only=True)
class Report:
    """The outcome of one comparison."""

    old: str
    new: str
    changes: tuple[Change, ...]
    stale: tuple[Entry, ...] = ()
    notice: str = ""

    @property
    def open(self) -> tuple[Change, ...]:
        """The changes that nobody has acknowledged."""
        return tuple(change for change in self.changes if not change.acknowledged)


@frozen
class Row:
    """One change with every operation that it reaches."""

    change: Change
    operations: tuple[str, ...]

    @property
    def order(self) -> tuple[int, tuple[str, ...], str, str]:
        """Breaking first, acknowledged last."""
        rank = (*SEVERITIES, ACKNOWLEDGED).index(self.change.section)
        return rank, self.operations, self.change.at, self.change.kind

    @property
    def heading(self) -> str:
        """The operations, for people."""
        return "The whole document" if self.operations == (DOCUMENT,) else _few(self.operations, 3)


def headline(changes: Iterable[Change]) -> str:
    """Count what a report lists, in one line."""
    counts = Counter(change.section for change in changes)
    known = counts.pop(ACKNOWLEDGED, 0)
    parts = [f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity]]
    return (", ".join(parts) or "no drift") + (f" ({known} acknowledged)" if known else "")


def fold(changes: Iterable[Change]) -> list[Row]:
    """Show a change of a shared schema once, with the operations that it reaches."""
    found: dict[tuple[str, ...], list[Change]] = {}
    for change in changes:
        # What a caller must show is one decision, however many operations.
        apart = "" if change.at == "security" else f"{change.operation} {change.at}"
        values = json.dumps([change.old, change.new], sort_keys=True)
        key = (change.kind, change.shared or apart, values, change.acknowledged)
        found.setdefault(key, []).append(change)
    rows = []
    for same in found.values():
        methods = tuple(sorted({name for change in same for name in change.methods}))
        operations = tuple(dict.fromkeys(change.operation for change in same))
        rows.append(Row(evolve(same[0], methods=methods), operations))
    return sorted(rows, key=lambda row: row.order)


def as_json(report: Report) -> str:
    """Write the report for programs, one entry for each operation that a change reaches."""
    names = ("kind", "severity", "operation", "at", "old", "new")
    listed = [
        {name: getattr(change, name) for name in names}
        | {"acknowledged": bool(change.acknowledged), "reason": change.acknowledged or None}
        | {"methods": list(change.methods), "softened": change.softened or None}
        for change in report.changes
    ]
    found = {
        "drift": bool(report.open),
        "breaking": any(change.severity == "breaking" for change in report.open),
        "old": report.old,
        "new": report.new,
        "summary": headline(report.changes),
        "changes": listed,
        "stale_baseline": [str(entry) for entry in report.stale],
        "notice": report.notice or None,
    }
    return json.dumps(found, indent=2, ensure_ascii=False)


def as_text(report: Report) -> str:
    """Write the report for a terminal: grouped by operation, breaking first."""
    rows = fold(report.changes)
    rank = {row.operations: place for place, row in reversed([*enumerate(rows)])}
    lines = [f"{report.old} against {report.new}: {headline(row.change for row in rows)}"]
    grouped = sorted(rows, key=lambda row: rank[row.operations])
    for _, group in groupby(grouped, key=lambda row: row.operations):
        listed = [(row, f"{row.change.kind}  {row.change.at}") for row in group]
        width = min(max(len(where) for _, where in listed), WIDTH_LIMIT)
        lines += ["", listed[0][0].heading]
        lines += [line for row, where in listed for line in _text(row.change, f"{where:<{width}}")]
    lines += [f"stale baseline entry: {entry}" for entry in report.stale]
    return "\n".join([*lines, report.notice]).rstrip()


def _text(change: Change, where: str) -> Iterator[str]:
    mark = "known" if change.acknowledged else change.severity
    yield f"  {mark:<9} {where}  {_values(change)}".rstrip()
    for word, said in (
        ("touches", _few(change.methods, 6)),
        ("at run time:", "" if change.acknowledged else change.softened),
        ("acknowledged:", change.acknowledged),
    ):
        if said:
            yield f"            {word} {said}"


def _few(names: tuple[str, ...], most: int) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _values(change: Change) -> str:
    if change.old is None and change.new is None:
        return ""
    return f"{_short(change.old)} → {_short(change.new)}"


def _short(value: Any) -> str:
    text = "—" if value is None else value if isinstance(value, str) else json.dumps(value)
    text = " ".join(text.split())
    return text if len(text) <= WIDTH_LIMIT else f"{text[: WIDTH_LIMIT - 1]}…"


def as_markdown(report: Report) -> str:
    """Write the report as the body of a pull request."""
    rows = fold(report.changes)
    counted = headline(row.change for row in rows)
    lines = [f"**{counted}**, {_code(report.old)} against {_code(report.new)}.", EXPLAINED]
    for title in (*SEVERITIES, ACKNOWLEDGED):
        chosen = [row for row in rows if row.change.section == title]
        if chosen:
            lines += ["", f"### {title.capitalize()} ({len(chosen)})", ""]
            lines += ["| operation | change | where | old → new | touches | at run time |"]
            lines += ["|---|---|---|---|---|---|", *map(_cells, chosen[:ROW_LIMIT])]
        if len(chosen) > ROW_LIMIT:
            lines.append(f"\n…and {len(chosen) - ROW_LIMIT} more; `make drift` lists them all.")
    if report.stale:
        lines += ["", "### Stale baseline entries", ""]
        lines += [f"- {_code(str(entry))}" for entry in report.stale]
    return "\n".join([*lines, "", report.notice]).rstrip() + "\n"


def _cells(row: Row) -> str:
    change = row.change
    known = _code(change.acknowledged) or change.softened
    shown = [_code(change.at), _code(_values(change)), _code(_few(change.methods, 6)), known]
    return f"| {' | '.join([_code(row.heading), change.kind, *shown])} |"


def _code(text: str) -> str:
    """Quote a text of upstream's so that it can be neither markup nor a mention."""
    plain = " ".join(text.split()).replace("`", "'").replace("|", "\\|")
    return f"`{plain}`" if plain else ""


FORMATS: Final = {"text": as_text, "json": as_json, "markdown": as_markdown}
