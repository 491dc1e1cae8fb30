"""Compare two documents fact by fact and say what each difference means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from scripts.drift.flatten import Fact, Flattener, Operation, unnamed
from scripts.drift.schema import SchemaReader, unchanged
from scripts.drift.shapes import Place, ShapeComparison
from scripts.drift.verdicts import SEVERITIES, Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scripts.spec.grammar import Node

    # How the name of a change goes on, the old and the new value.
    Found = Iterator[tuple[str, Any, Any]]

# What a mere move to another path may change besides.
NAMES_ONLY: Final = frozenset(
    {"operation-id-changed", "path-parameter-renamed", "deprecated-changed"}
)
NOTHING: Final = Fact("gate", None, "")
SENT: Final = ("request-parameter", "request-body")
SPELT: Final = {
    "request-parameter-added-required": "request-required-parameter-added",
    "request-body-added-required": "request-body-became-required",
}


@frozen
class Reading:
    """A document that was read for comparisons, as often as one likes."""

    document: Node
    schemas: SchemaReader
    operations: dict[str, Operation]

    @classmethod
    def of(cls, document: Node | Reading) -> Reading:
        """Read every schema and every fact of a document, unless that was done."""
        if isinstance(document, Reading):
            return document
        schemas = SchemaReader(document)
        return cls(document, schemas, Flattener(document, schemas).operations())


def compare(old: Node | Reading, new: Node | Reading) -> list[Change]:
    """List every difference between two documents, the breaking ones first."""
    return sorted(Comparison(Reading.of(old), Reading.of(new)).changes(), key=_order)


def _order(change: Change) -> tuple[int, str, str, str, str]:
    rank = SEVERITIES.index(change.severity)
    return rank, change.operation, change.at, change.kind, f"{change.old} {change.new}"


class Comparison:
    """One run over two documents."""

    def __init__(self, old: Reading, new: Reading) -> None:
        """Take both documents."""
        same = unchanged(old.document, new.document)
        self._shapes = ShapeComparison(old.schemas, new.schemas, same)
        self._old, self._new = old.operations, new.operations

    def changes(self) -> list[Change]:
        """Compare what is gone, moved, new and still there."""
        gone = [self._old[key] for key in sorted(self._old.keys() - self._new.keys())]
        come = [self._new[key] for key in sorted(self._new.keys() - self._old.keys())]
        found: list[Change] = []
        for old in gone:
            new = self._moved_to(old, come)
            if new is None:
                found.append(_whole(old, _kind(old, self._new, "removed"), old.shown, None))
                continue
            come.remove(new)
            found.append(_whole(old, "operation-moved", old.label, new.label))
            found += self._pair(old, new)
        found += [_whole(new, _kind(new, self._old, "added"), None, new.shown) for new in come]
        for key in sorted(self._old.keys() & self._new.keys()):
            found += self._pair(self._old[key], self._new[key])
        return found + self._shapes.unseen()

    def _moved_to(self, old: Operation, come: list[Operation]) -> Operation | None:
        """Find the same operation under another path: by name, else by its whole shape."""
        alike = [new for new in come if new.method == old.method and ":" not in new.method]
        named = (new for new in alike if old.name and new.name == old.name)
        return next(named, next((new for new in alike if self._same_shape(old, new)), None))

    def _same_shape(self, old: Operation, new: Operation) -> bool:
        facts = [
            fact for fact in old.facts.values() if fact.rule in ("parameter", "body", "schema")
        ]
        telling = any(
            fact.rule != "schema"
            or (isinstance(fact.value, dict) and fact.value.keys() - {"type", "format"})
            for fact in facts
        )

        def only_names_differ() -> bool:
            return all(change.kind in NAMES_ONLY for change in self._pair(old, new))

        return telling and self._shapes.alike(only_names_differ)

    def _pair(self, old: Operation, new: Operation) -> list[Change]:
        """Compare one operation, fact by fact; what is inside of something new or gone is that."""
        found: list[Change] = []
        one_sided: set[tuple[str, ...]] = set()
        for key in (*old.facts, *(key for key in new.facts if key not in old.facts)):
            if any(key[:i] in one_sided for i in range(1, len(key))):
                continue
            before, after = old.facts.get(key), new.facts.get(key)
            if before is None or after is None:
                one_sided.add(key)
            found += self._fact(before, after, new.label)
        return _moved_parameters(_first_success(found, old))

    def _fact(self, old: Fact | None, new: Fact | None, operation: str) -> Iterator[Change]:
        fact, before, after = (new or old or NOTHING), old and old.value, new and new.value
        if fact.rule == "schema":
            place = Place(operation, fact.at)
            yield from self._shapes.compare(before, after, place, fact.side)
        elif before != after:
            for word, was, now in RULES[fact.rule](before, after):
                needed = "-required" if word == "-added" and fact.needed else ""
                kind, shown = f"{fact.kind}{word}{needed}", fact.shown
                values = {"old": was, "new": now} if shown else {}
                yield Change(kind=SPELT.get(kind, kind), operation=operation, at=fact.at, **values)


def _whole(entry: Operation, kind: str, old: str | None, new: str | None) -> Change:
    return Change(kind=kind, operation=entry.label, at="path", old=old, new=new)


def _kind(entry: Operation, others: dict[str, Operation], what: str) -> str:
    """A path is named when all of it is concerned."""
    _, _, path = unnamed(entry.label).partition(" ")
    shared = any(unnamed(other.label).endswith(f" {path}") for other in others.values())
    whole = "webhook" if path.startswith("webhook:") else "operation" if shared else "path"
    return f"{whole}-{what}"


def _first_success(found: list[Change], old: Operation) -> list[Change]:
    """Where an operation had no success at all, one more is no surprise."""
    if any(fact.kind == "response-success" for fact in old.facts.values()):
        return found
    first = {"response-success-added": "response-first-success-added"}
    return [evolve(change, kind=first.get(change.kind, change.kind)) for change in found]


def _moved_parameters(found: list[Change]) -> list[Change]:
    """Tell of a parameter that is gone in one place and new in another as one change."""
    gone = {change.at: change for change in found if change.kind == "request-parameter-removed"}
    come = [c for c in found if re.fullmatch("request-(required-)?parameter-added", c.kind)]
    for at in sorted(gone):
        old = gone[at]
        name = str(old.old).partition(" ")[2].lower()
        new = next((c for c in come if str(c.new).partition(" ")[2].lower() == name), None)
        if new is not None:
            come.remove(new)
            found = [change for change in found if change is not new and change is not old]
            found.append(evolve(old, kind="request-parameter-moved", new=new.new))
    return found


# --- the rules: what it means that two values differ ----------------------------------------------


def _presence(old: Any, new: Any) -> Found:
    none: Any = [] if isinstance(old or new, list) else None
    if old is None:
        yield "-added", none, new
    elif new is None:
        yield "-removed", old, none


def _value(old: Any, new: Any) -> Found:
    yield "", old, new


def _flag(_old: bool, new: bool) -> Found:
    yield f"-became-{'required' if new else 'optional'}", None, None


def _servers(old: tuple[Node, bool], new: tuple[Node, bool]) -> Found:
    """Compare addresses; those of the document are compared once for all operations."""
    (before, inherited), (after, inherits) = old, new
    if inherited and inherits:
        return
    gone, come = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    if len(gone) == len(come) == 1:
        yield "server-changed", gone[0], come[0]
    else:
        yield from (("server-removed", address, None) for address in gone)
        yield from (("server-added", None, address) for address in come)
    for address in sorted(before.keys() & after.keys()):
        if before[address] != after[address]:
            yield "server-variables-changed", before[address], after[address]


def _security(old: frozenset[tuple[str, ...]], new: frozenset[tuple[str, ...]]) -> Found:
    """Judge what a caller must show: whoever could call before must still be able to."""
    before, after = ({name for way in ways for name in way} for ways in (old, new))
    served = all(any(set(b) <= set(a) for b in new) for a in old)
    kind = "security-relaxed" if served else "security-tightened"
    if before and after and not (before <= after or after <= before):
        kind = "security-scheme-changed"
    shown = [sorted(" and ".join(way) or "none" for way in ways) for ways in (old, new)]
    yield kind, shown[0], shown[1]


RULES: Final[dict[str, Callable[[Any, Any], Found]]] = {
    "gate": lambda _old, _new: iter(()),
    "presence": _presence,
    "value": _value,
    "flag": _flag,
    "servers": _servers,
    "security": _security,
}
