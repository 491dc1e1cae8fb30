"""Compare two documents fact by fact and say what each difference means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from scripts.drift.flatten import DOCUMENT, Fact, Flattener, Operation, Parameter
from scripts.drift.schema import SchemaReader
from scripts.drift.shapes import ShapeComparison
from scripts.drift.verdicts import SEVERITIES, Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scripts.spec.grammar import Node

    Ways = frozenset[tuple[str, ...]]
    # A kind, its place, the old and the new value.
    Found = Iterator[tuple[str, str, Any, Any]]

# What a mere move to another path may change besides.
NAMES_ONLY: Final = frozenset(
    {"operation-id-changed", "path-parameter-renamed", "deprecated-changed"}
)


def compare(old: Node, new: Node) -> list[Change]:
    """List every difference between two documents, the breaking ones first."""
    return sorted(Comparison(old, new).changes(), key=_order)


def _order(change: Change) -> tuple[int, str, str, str, str]:
    rank = SEVERITIES.index(change.severity)
    return rank, change.operation, change.at, change.kind, f"{change.old} {change.new}"


class Comparison:
    """One run over two documents."""

    def __init__(self, old: Node, new: Node) -> None:
        """Flatten both documents."""
        self._old, self._new = Flattener(old).operations(), Flattener(new).operations()
        self._readers = SchemaReader(old), SchemaReader(new)
        self._shapes = ShapeComparison(*self._readers)

    def changes(self) -> list[Change]:
        """Compare what is gone, moved, new and still there."""
        gone = [self._old[key] for key in sorted(self._old.keys() - self._new.keys())]
        come = [self._new[key] for key in sorted(self._new.keys() - self._old.keys())]
        found: list[Change] = []
        for old in gone:
            new = self._moved_to(old, come)
            if new is None:
                found.append(_whole(old, "removed", self._new))
                continue
            come.remove(new)
            labels = {"old": old.label, "new": new.label}
            found.append(Change(kind="operation-moved", operation=old.label, at="path", **labels))
            found += self._pair(old, new)
        found += [_whole(new, "added", self._old) for new in come]
        for key in sorted(self._old.keys() & self._new.keys()):
            found += self._pair(self._old[key], self._new[key])
        return found + self._shapes.unseen()

    def _moved_to(self, old: Operation, come: list[Operation]) -> Operation | None:
        """Find the same operation under another path: by name, else by its whole shape."""
        alike = [new for new in come if new.method == old.method and ":" not in new.method]
        named = (new for new in alike if old.name and new.name == old.name)
        return next(named, next((new for new in alike if self._same_shape(old, new)), None))

    def _same_shape(self, old: Operation, new: Operation) -> bool:
        telling = any(
            fact.rule in ("body", "parameter-style")
            or (fact.rule == "schema" and set(fact.value if fact.value is not True else ()) - {"type", "format"})
            for fact in old.facts.values()
        )
        return telling and all(change.kind in NAMES_ONLY for change in self._pair(old, new))

    def _pair(self, old: Operation, new: Operation) -> list[Change]:
        """Compare one operation, fact by fact; what is inside of something new or gone is that."""
        found: list[Change] = []
        one_sided: set[tuple[str, ...]] = set()
        for key in (*old.facts, *(key for key in new.facts if key not in old.facts)):
            if any(key[:i] in one_sided for i in range(1, len(key))):
                continue
            if (key in old.facts) != (key in new.facts):
                one_sided.add(key)
            found += self._fact(old.facts.get(key), new.facts.get(key), new.label)
        return found

    def _fact(self, old: Fact | None, new: Fact | None, operation: str) -> list[Change]:
        fact = new or old
        assert fact is not None
        values = old and old.value, new and new.value
        if fact.rule == "schema":
            return self._shapes.compare(*values, operation, fact.at, fact.side)
        if fact.rule.endswith("-style"):
            values = _styles(*values, self._readers[1])
        judge = RULES.get(fact.rule, _nothing)
        return [
            Change(kind=kind, operation=operation, at=at, old=before, new=after)
            for kind, at, before, after in judge(fact, *values)
        ]


def _whole(entry: Operation, what: str, others: dict[str, Operation]) -> Change:
    """An operation that only one document has; a path is named when all of it is concerned."""
    path = entry.label.partition(" ")[2]
    shared = any(_unnamed(other.label.partition(" ")[2]) == _unnamed(path) for other in others.values())
    kind = "webhook" if path.startswith("webhook:") else "operation" if shared else "path"
    value = {"old" if what == "removed" else "new": entry.name or entry.label}
    return Change(kind=f"{kind}-{what}", operation=entry.label, at="path", **value)


def _unnamed(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


# --- the rules: how two values of a fact are compared ---------------------------------------------


def _nothing(fact: Fact, old: Any, new: Any) -> Found:
    """What only says that a place is there: the facts in it, or a list of them, are compared."""
    return iter(())


def _value(kind: str) -> Callable[[Fact, Any, Any], Found]:
    def judge(fact: Fact, old: Any, new: Any) -> Found:
        if old != new:
            yield kind, fact.at, old, new

    return judge


def _required(fact: Fact, old: bool, new: bool) -> Found:
    if old != new:
        word = "required" if new else "optional"
        yield f"{fact.side}-{fact.rule.rpartition(' ')[2]}-became-{word}", fact.at, None, None


def _body(fact: Fact, old: bool | None, new: bool | None) -> Found:
    if old is None or new is None:
        word = "became-required" if new else "removed" if new is None else "added"
        yield f"request-body-{word}", fact.at, None, None
    else:
        yield from _required(fact, old, new)


def _permission(fact: Fact, old: bool, new: bool) -> Found:
    if old != new:
        word = "changed" if fact.side == "response" else "loosened" if new else "tightened"
        yield f"{fact.side}-constraint-{word}", fact.at, old, new


def _style(fact: Fact, old: str, new: str) -> Found:
    if old != new:
        yield f"{fact.side}-{fact.rule}-changed", fact.at, old, new


def _styles(old: Any, new: Any, reader: SchemaReader) -> tuple[str, str]:
    """Exploding or not is all the same for a parameter that is a single value."""
    plains = reader.read(new[3]).alternatives
    single = not any(plain.types & {"array", "object"} for plain in plains)
    old = (old[0], new[1], *old[2:]) if single and old[0] == new[0] else old
    words = [
        f"{style}, {'exploded' if explode else 'not exploded'}{', reserved' if reserved else ''}"
        for style, explode, reserved, _ in (old, new)
    ]
    return words[0], words[1]


def _encoding(fact: Fact, old: str, new: str) -> Found:
    if old != new:
        yield f"{fact.side}-encoding-changed", fact.at, None, None


def _media(fact: Fact, old: list[str], new: list[str]) -> Found:
    if fact.side == "response" and bool(old) != bool(new):
        yield f"response-body-{'added' if new else 'removed'}", fact.at, old, new
        return
    for name in sorted({*old} - {*new}):
        yield f"{fact.side}-media-type-removed", fact.at, name, None
    for name in sorted({*new} - {*old}):
        yield f"{fact.side}-media-type-added", fact.at, None, name


def _statuses(fact: Fact, old: list[str], new: list[str]) -> Found:
    first = not any(status.startswith("2") for status in old)
    for status in sorted({*old} - {*new}):
        word = "success" if status.startswith("2") else "status"
        yield f"response-{word}-removed", f"response {status}", status, None
    for status in sorted({*new} - {*old}):
        word = ("first-success" if first else "success") if status.startswith("2") else "status"
        yield f"response-{word}-added", f"response {status}", None, status


def _webhook_answers(fact: Fact, old: list[str], new: list[str]) -> Found:
    for status in sorted({*old} ^ {*new}):
        word = "removed" if status in old else "added"
        yield f"webhook-answer-{word}", f"{fact.at} {status}", None, None


def _parameters(fact: Fact, old: dict[str, Parameter], new: dict[str, Parameter]) -> Found:
    old, new = old or {}, new or {}
    come = {key: new[key] for key in sorted(new.keys() - old.keys())}
    for key in sorted(old.keys() - new.keys()):
        gone = old[key].label
        there = next((k for k in come if come[k].name.lower() == old[key].name.lower()), None)
        word, moved = ("removed", None) if there is None else ("moved", come.pop(there).label)
        yield f"request-parameter-{word}", f"{fact.at} {gone}", gone, moved
    for parameter in come.values():
        kind = "required-parameter-added" if parameter.required else "parameter-added"
        yield f"request-{kind}", f"{fact.at} {parameter.label}", None, parameter.label


def _headers(fact: Fact, old: dict[str, Parameter], new: dict[str, Parameter]) -> Found:
    old, new = old or {}, new or {}
    for key in sorted(old.keys() ^ new.keys()):
        word, one = ("removed", old[key]) if key in old else ("added", new[key])
        yield f"response-header-{word}", f"{fact.at} {one.label}", None, None


def _servers(fact: Fact, old: tuple[Node, bool], new: tuple[Node, bool]) -> Found:
    """Compare addresses; those of the document are compared once for all operations."""
    (before, inherited), (after, inherits) = old, new
    if inherited and inherits:
        return
    gone, come = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    if len(gone) == len(come) == 1:
        yield "server-changed", "servers", gone[0], come[0]
    else:
        yield from (("server-removed", "servers", address, None) for address in gone)
        yield from (("server-added", "servers", None, address) for address in come)
    for address in sorted(before.keys() & after.keys()):
        if before[address] != after[address]:
            yield "server-variables-changed", "servers", before[address], after[address]


def _security(fact: Fact, old: Ways, new: Ways) -> Found:
    """Judge what a caller must show: whoever could call before must still be able to."""
    if old == new:
        return
    before, after = ({name for way in ways for name in way} for ways in (old, new))
    served = all(any(set(b) <= set(a) for b in new) for a in old)
    kind = "security-relaxed" if served else "security-tightened"
    if before and after and not (before <= after or after <= before):
        kind = "security-scheme-changed"
    shown = [sorted(" and ".join(way) or "none" for way in ways) for ways in (old, new)]
    yield kind, fact.at, *shown


def _flows(fact: Fact, old: dict[str, str] | None, new: dict[str, str] | None) -> Found:
    """Compare where tokens are got and for what; a scheme that comes or goes is told elsewhere."""
    if old is None or new is None:
        return
    for word in sorted(old.keys() | new.keys()):
        if old.get(word) != new.get(word):
            kind = "changed" if word in old else "added"
            yield f"security-flow-{kind}", f"security {word}", old.get(word), new.get(word)


RULES: Final[dict[str, Callable[[Fact, Any, Any], Found]]] = {
    "openapi-version": _value("openapi-version-changed"),
    "operation-id": _value("operation-id-changed"),
    "deprecated": _value("deprecated-changed"),
    "path-parameter": _value("path-parameter-renamed"),
    "required parameter": _required,
    "required header": _required,
    "required body": _required,
    "body": _body,
    "permission": _permission,
    "parameter-style": _style,
    "header-style": _style,
    "encoding": _encoding,
    "media": _media,
    "statuses": _statuses,
    "webhook-answers": _webhook_answers,
    "parameters": _parameters,
    "headers": _headers,
    "servers": _servers,
    "security": _security,
    "flows": _flows,
}
