"""Differences that we know and accept, each with its reason; and those entries that are over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from scripts.drift.schema import as_json
from scripts.drift.verdicts import VERDICTS, Change
from scripts.spec.grammar import SpecError
from scripts.spec.load import parse, read_file

if TYPE_CHECKING:
    from pathlib import Path

KEYS: Final = frozenset({"kind", "operation", "at", "old", "new", "reason"})


@frozen
class Entry:
    """One accepted difference; `*` stands for any text in its patterns."""

    kind: str
    reason: str
    operation: str
    at: str
    values: dict[str, Any]

    def covers(self, change: Change) -> bool:
        """Whether this entry speaks of that change."""
        return (
            self.kind == change.kind
            and _fits(self.operation, change.operation)
            and (_fits(self.at, change.at) or _fits(self.at, change.shared))
            and all(as_json(getattr(change, k)) == as_json(v) for k, v in self.values.items())
        )

    def __str__(self) -> str:
        """Name the entry in a report."""
        return f"{self.kind} at {self.operation} {self.at} ({self.reason})"


def _fits(pattern: str, text: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text) is not None


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
    if unknown := sorted(entry.keys() - KEYS):
        raise SpecError(f"{where} has an unknown key {unknown[0]!r}")
    words = {key: " ".join(str(entry.get(key) or "").split()) for key in ("kind", "reason")}
    if missing := [key for key, word in words.items() if not word]:
        raise SpecError(f"{where} has no {missing[0]}")
    if words["kind"] not in VERDICTS:
        raise SpecError(f"{where} names an unknown kind of change {words['kind']!r}")
    places = {key: str(entry.get(key, "*")) for key in ("operation", "at")}
    if not "".join(places.values()).strip("* ") and entry.get("operation") != "*":
        raise SpecError(f"{where} would acknowledge all of its kind: name an operation or a place")
    values = {key: entry[key] for key in ("old", "new") if key in entry}
    return Entry(**words, **places, values=values)


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
