"""Say what was found: for people in a terminal, for programs, for a pull request."""

from __future__ import annotations

import json
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from scripts.drift.flatten import DOCUMENT
from scripts.drift.verdicts import SEVERITIES, Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scripts.drift.baseline import Entry

WIDTH_LIMIT: Final = 70  # of one value in a table, and of the column that says what and where
ROW_LIMIT: Final = 200  # of the Markdown report: a pull request body holds 65 536 characters
ACKNOWLEDGED: Final = "acknowledged"


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


@frozen(kw_only=True)
class Row:
    """One change with every operation that it reaches."""

    change: Change
    operations: tuple[str, ...]

    @property
    def section(self) -> str:
        """Where it stands in a report."""
        return ACKNOWLEDGED if self.change.acknowledged else self.change.severity


def headline(sections: Iterable[str]) -> str:
    """Count what a report lists, in one line."""
    counts = Counter(sections)
    known = counts.pop(ACKNOWLEDGED, 0)
    parts = [f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity]]
    return (", ".join(parts) or "no drift") + (f" ({known} acknowledged)" if known else "")


def fold(changes: Iterable[Change]) -> list[Row]:
    """Show a change of a shared schema once, with the operations that it reaches."""
    found: dict[tuple[str, ...], list[Change]] = {}
    for change in changes:
        place = change.shared or f"{change.operation} {change.at}"
        if change.at == "security":  # one decision, however many operations
            place = "security"
        values = json.dumps([change.old, change.new], sort_keys=True)
        found.setdefault((change.kind, place, values, change.acknowledged), []).append(change)
    rows = []
    for same in found.values():
        methods = tuple(sorted({name for change in same for name in change.methods}))
        operations = tuple(dict.fromkeys(change.operation for change in same))
        rows.append(Row(change=evolve(same[0], methods=methods), operations=operations))
    return sorted(rows, key=_row_order)


def _row_order(row: Row) -> tuple[bool, int, tuple[str, ...], str, str]:
    rank = SEVERITIES.index(row.change.severity)
    return bool(row.change.acknowledged), rank, row.operations, row.change.at, row.change.kind


def as_json(report: Report) -> str:
    """Write the report for programs, one entry for each operation that a change reaches."""
    found = {
        "drift": bool(report.open),
        "breaking": any(change.severity == "breaking" for change in report.open),
        "old": report.old,
        "new": report.new,
        "summary": headline(
            ACKNOWLEDGED if change.acknowledged else change.severity for change in report.changes
        ),
        "changes": [_entry(change) for change in report.changes],
        "stale_baseline": [str(entry) for entry in report.stale],
        "notice": report.notice or None,
    }
    return json.dumps(found, indent=2, ensure_ascii=False)


def _entry(change: Change) -> dict[str, Any]:
    names = ("kind", "severity", "operation", "at", "old", "new")
    return {name: getattr(change, name) for name in names} | {
        "acknowledged": bool(change.acknowledged),
        "reason": change.acknowledged or None,
        "methods": list(change.methods),
        "softened": change.softened or None,
    }


# --- text ---------------------------------------------------------------------------------------


def as_text(report: Report) -> str:
    """Write the report for a terminal: grouped by operation, breaking first."""
    rows = fold(report.changes)
    rank: dict[tuple[str, ...], int] = {}
    for place, row in enumerate(rows):
        rank.setdefault(row.operations, place)
    lines = [f"{report.old} against {report.new}: {headline(row.section for row in rows)}"]
    grouped = sorted(rows, key=lambda row: rank[row.operations])
    for operations, group in groupby(grouped, key=lambda row: row.operations):
        listed = list(group)
        width = min(max(len(_where(row)) for row in listed), WIDTH_LIMIT)
        lines += ["", _heading(operations)]
        lines += [line for row in listed for line in _text_row(row, width)]
    lines += [f"stale baseline entry: {entry}" for entry in report.stale]
    return "\n".join(lines + [report.notice] * bool(report.notice))


def _heading(operations: tuple[str, ...]) -> str:
    return "The whole document" if operations == (DOCUMENT,) else _few(operations, 3)


def _few(names: tuple[str, ...], most: int) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _where(row: Row) -> str:
    return f"{row.change.kind}  {row.change.at}"


def _text_row(row: Row, width: int) -> Iterator[str]:
    change = row.change
    mark = "known" if change.acknowledged else change.severity
    yield f"  {mark:<9} {_where(row):<{width}}  {_values(change)}".rstrip()
    if change.methods:
        yield f"            touches {_few(change.methods, 6)}"
    if change.softened and not change.acknowledged:
        yield f"            at run time: {change.softened}"
    if change.acknowledged:
        yield f"            acknowledged: {change.acknowledged}"


def _values(change: Change) -> str:
    if change.old is None and change.new is None:
        return ""
    return f"{_short(change.old)} → {_short(change.new)}"


def _short(value: Any) -> str:
    text = "—" if value is None else value if isinstance(value, str) else json.dumps(value)
    text = " ".join(text.split())
    return text if len(text) <= WIDTH_LIMIT else f"{text[: WIDTH_LIMIT - 1]}…"


# --- Markdown -----------------------------------------------------------------------------------


def as_markdown(report: Report) -> str:
    """Write the report as the body of a pull request."""
    rows = fold(report.changes)
    lines = [
        f"**{headline(row.section for row in rows)}**, "
        f"{_code(report.old)} against {_code(report.new)}.",
        "",
        "The verdicts are about the interface: *breaking* means that code which is right today "
        "can go wrong. What this client does about it at run time stands beside.",
    ]
    for title in (*SEVERITIES, ACKNOWLEDGED):
        chosen = [row for row in rows if row.section == title]
        if chosen:
            lines += ["", f"### {title.capitalize()} ({len(chosen)})", ""]
            lines += ["| operation | change | where | old → new | touches | at run time |"]
            lines += ["|---|---|---|---|---|---|", *map(_markdown_row, chosen[:ROW_LIMIT])]
        if len(chosen) > ROW_LIMIT:
            lines.append(f"\n…and {len(chosen) - ROW_LIMIT} more; `make drift` lists them all.")
    if report.stale:
        lines += ["", "### Stale baseline entries", ""]
        lines += [f"- {_code(str(entry))}" for entry in report.stale]
    return "\n".join([*lines, *(["", report.notice] if report.notice else [])]) + "\n"


def _markdown_row(row: Row) -> str:
    change = row.change
    soft = _code(change.acknowledged) if change.acknowledged else change.softened
    touched, values = _few(change.methods, 6), _values(change)
    cells = (
        _code(_heading(row.operations)),
        change.kind,
        _code(change.at),
        values and _code(values),
        touched and _code(touched),
        soft,
    )
    return f"| {' | '.join(cells)} |"


def _code(text: str) -> str:
    """Quote a text of upstream's so that it can be neither markup nor a mention."""
    plain = " ".join(text.split()).replace("`", "'").replace("|", "\\|")
    return f"`{plain}`"


FORMATS: Final = {"text": as_text, "json": as_json, "markdown": as_markdown}
