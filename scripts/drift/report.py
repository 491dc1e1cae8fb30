"""Say what was found: for people in a terminal, for programs, for a pull request."""

from __future__ import annotations

import json
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from scripts.drift.verdicts import SEVERITIES, Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scripts.drift.baseline import Entry

TEXT_LIMIT: Final = 70  # of one value in a table
WIDTH_LIMIT: Final = 70  # of the column that says what and where
ROW_LIMIT: Final = 200  # of the Markdown report: a pull request body holds 65 536 characters


@frozen(kw_only=True)
class Report:
    """The outcome of one comparison."""

    old: str
    new: str
    changes: tuple[Change, ...]
    stale: tuple[Entry, ...] = ()

    @property
    def open(self) -> tuple[Change, ...]:
        """The changes that nobody has acknowledged."""
        return tuple(change for change in self.changes if not change.acknowledged)

    @property
    def breaking(self) -> bool:
        """Whether an unacknowledged change breaks callers."""
        return any(change.severity == "breaking" for change in self.open)

    def summary(self) -> str:
        """One line that says it all."""
        counts = Counter(change.severity for change in self.open)
        known = len(self.changes) - len(self.open)
        parts = [f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity]]
        text = ", ".join(parts) if parts else "no drift"
        return text + (f" ({known} acknowledged)" if known else "")


@frozen(kw_only=True)
class Row:
    """One change with every operation that it reaches."""

    change: Change
    operations: tuple[str, ...]
    methods: tuple[str, ...] = field(factory=tuple)


def fold(changes: Iterable[Change]) -> list[Row]:
    """Show a change of a shared schema once, with the operations that it reaches."""
    found: dict[tuple[Any, ...], list[Change]] = {}
    for change in changes:
        place = change.shared or f"{change.operation} {change.at}"
        values = json.dumps([change.old, change.new], sort_keys=True)
        if change.at == "security":  # one decision, however many operations
            place = "security"
        key = (change.kind, place, values, change.acknowledged)
        found.setdefault(key, []).append(change)
    rows = [
        Row(
            change=same[0],
            operations=tuple(dict.fromkeys(change.operation for change in same)),
            methods=tuple(sorted({name for change in same for name in change.methods})),
        )
        for same in found.values()
    ]
    return sorted(rows, key=_row_order)


def _row_order(row: Row) -> tuple[bool, int, tuple[str, ...], str, str]:
    rank = SEVERITIES.index(row.change.severity)
    change = row.change
    return bool(change.acknowledged), rank, row.operations, change.at, change.kind


# --- JSON ---------------------------------------------------------------------------------------


def as_json(report: Report) -> str:
    """Write the report for programs, one entry for each operation that a change reaches."""
    return json.dumps(
        {
            "drift": bool(report.open),
            "breaking": report.breaking,
            "old": report.old,
            "new": report.new,
            "summary": report.summary(),
            "changes": [_entry(change) for change in report.changes],
            "stale_baseline": [str(entry) for entry in report.stale],
        },
        indent=2,
        ensure_ascii=False,
    )


def _entry(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "severity": change.severity,
        "operation": change.operation,
        "at": change.at,
        "old": change.old,
        "new": change.new,
        "acknowledged": bool(change.acknowledged),
        "reason": change.acknowledged or None,
        "methods": list(change.methods),
        "softened": change.softened or None,
    }


# --- text ---------------------------------------------------------------------------------------


def as_text(report: Report) -> str:
    """Write the report for a terminal: grouped by operation, breaking first."""
    lines = [f"{report.old} against {report.new}: {report.summary()}"]
    for operations, rows in groupby(_grouped(report.changes), key=lambda row: row.operations):
        lines += ["", _heading(operations)]
        listed = list(rows)
        width = min(max(len(_where(row)) for row in listed), WIDTH_LIMIT)
        for row in listed:
            lines += list(_text_row(row, width))
    lines += [f"stale baseline entry: {entry}" for entry in report.stale]
    return "\n".join(lines)


def _grouped(changes: Iterable[Change]) -> list[Row]:
    """Rows of the same operations side by side, the groups that break callers first."""
    rows = fold(changes)
    rank: dict[tuple[str, ...], int] = {}
    for place, row in enumerate(rows):
        rank.setdefault(row.operations, place)
    return sorted(rows, key=lambda row: rank[row.operations])


def _heading(operations: tuple[str, ...]) -> str:
    return "The whole document" if operations == ("*",) else _few(operations, 3)


def _few(names: tuple[str, ...], most: int) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _where(row: Row) -> str:
    return f"{row.change.kind}  {row.change.at}"


def _text_row(row: Row, width: int) -> Iterator[str]:
    change = row.change
    mark = "known" if change.acknowledged else change.severity
    yield f"  {mark:<9} {_where(row):<{width}}  {_values(change)}".rstrip()
    if change.severity == "breaking" and row.methods:
        yield f"            touches {_few(row.methods, 6)}"
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
    return text if len(text) <= TEXT_LIMIT else f"{text[: TEXT_LIMIT - 1]}…"


# --- Markdown -----------------------------------------------------------------------------------


def as_markdown(report: Report) -> str:
    """Write the report as the body of a pull request."""
    lines = [
        f"**{report.summary()}**, {_code(report.old)} against {_code(report.new)}.",
        "",
        (
            "The verdicts are about the interface: *breaking* means that code which is right today "
            "can go wrong. What this client does about it at run time stands beside."
        ),
    ]
    rows = fold(report.changes)
    for title, wanted in (*((word, word) for word in SEVERITIES), ("acknowledged", None)):
        chosen = [row for row in rows if _section(row) == wanted]
        if chosen:
            lines += _table(title, chosen)
    if report.stale:
        lines += ["", "### Stale baseline entries", ""]
        lines += [f"- {_code(str(entry))}" for entry in report.stale]
    return "\n".join(lines) + "\n"


def _section(row: Row) -> str | None:
    return None if row.change.acknowledged else row.change.severity


def _table(title: str, rows: list[Row]) -> list[str]:
    lines = ["", f"### {title.capitalize()} ({len(rows)})", ""]
    lines += ["| operation | change | where | old → new | touches | at run time |"]
    lines += ["|---|---|---|---|---|---|"]
    for row in rows[:ROW_LIMIT]:
        change = row.change
        touched = _code(_few(row.methods, 6)) if change.severity == "breaking" else ""
        cells = (
            _code(_heading(row.operations)),
            change.kind,
            _code(change.at),
            _code(_values(change)) if _values(change) else "",
            touched,
            (change.acknowledged and _code(change.acknowledged)) or change.softened,
        )
        lines.append(f"| {' | '.join(cells)} |")
    if len(rows) > ROW_LIMIT:
        lines.append(f"\n…and {len(rows) - ROW_LIMIT} more; `make drift` lists them all.")
    return lines


def _code(text: str) -> str:
    """Quote a text of upstream's so that it can be neither markup nor a mention."""
    plain = " ".join(text.split()).replace("`", "'").replace("|", "\\|")
    return f"`{plain}`"


FORMATS: Final = {"text": as_text, "json": as_json, "markdown": as_markdown}
