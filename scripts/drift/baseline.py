"""Differences that we know and accept, each with its reason; and those entries that are over."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from scripts.drift.verdicts import VERDICTS, Change
from scripts.spec.grammar import SpecError
from scripts.spec.load import parse, read_file

if TYPE_CHECKING:
    from pathlib import Path

KEYS: Final = frozenset({"kind", "operation", "at", "old", "new", "reason"})
_ANY: Final = object()


@frozen(kw_only=True)
class Entry:
    """One accepted difference; `*` stands for any text in its patterns."""

    kind: str
    operation: str
    at: str
    old: Any
    new: Any
    reason: str

    def covers(self, change: Change) -> bool:
        """Whether this entry speaks of that change."""
        values = ((self.old, change.old), (self.new, change.new))
        return (
            self.kind == change.kind
            and _fits(self.operation, change.operation)
            and (_fits(self.at, change.at) or _fits(self.at, change.shared))
            and all(wanted is _ANY or _same(wanted, value) for wanted, value in values)
        )

    def __str__(self) -> str:
        """Name the entry in a report."""
        return f"{self.kind} at {self.operation} {self.at} ({self.reason})"


def _fits(pattern: str, text: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text) is not None


def _same(one: Any, two: Any) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(two, sort_keys=True)


def read_baseline(path: Path) -> tuple[Entry, ...]:
    """Read the accepted differences of a file."""
    data = parse(read_file(path), str(path))
    entries = data.get("acknowledged") if isinstance(data, dict) else None
    if not isinstance(entries, list):
        raise SpecError(f"{path} is not a baseline: it needs a list 'acknowledged'")
    return tuple(_entry(entry, f"{path}, entry {i}") for i, entry in enumerate(entries, 1))


def _entry(entry: Any, where: str) -> Entry:
    if not isinstance(entry, dict):
        raise SpecError(f"{where} is not a mapping")
    unknown = sorted(entry.keys() - KEYS)
    if unknown:
        raise SpecError(f"{where} has an unknown key {unknown[0]!r}")
    for key in ("kind", "reason"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise SpecError(f"{where} has no {key}")
    kind = entry["kind"]
    if kind not in VERDICTS:
        raise SpecError(f"{where} names an unknown kind of change {kind!r}")
    places = [str(entry[key]) for key in ("operation", "at") if key in entry]
    if not "".join(places).strip("* ") and entry.get("operation") != "*":
        raise SpecError(f"{where} would acknowledge all of its kind: name an operation or a place")
    return Entry(
        kind=kind,
        operation=str(entry.get("operation", "*")),
        at=str(entry.get("at", "*")),
        old=entry.get("old", _ANY),
        new=entry.get("new", _ANY),
        reason=" ".join(entry["reason"].split()),
    )


def acknowledge(
    changes: list[Change], entries: tuple[Entry, ...]
) -> tuple[list[Change], list[Entry]]:
    """Mark the accepted changes; also give the entries that cover nothing any more."""
    marked = [
        evolve(change, acknowledged=next((e.reason for e in entries if e.covers(change)), ""))
        for change in changes
    ]
    stale = [entry for entry in entries if not any(entry.covers(change) for change in changes)]
    return marked, stale
