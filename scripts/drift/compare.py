"""Compare two documents operation by operation and say what each difference means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.drift.answers import AnswerComparison
from scripts.drift.interface import Interface, InterfaceReader
from scripts.drift.requests import RequestComparison
from scripts.drift.schema import SchemaReader
from scripts.drift.verdicts import SEVERITIES, Change

if TYPE_CHECKING:
    from scripts.spec.grammar import Node

DOCUMENT = "*"  # stands for the operation of a change that concerns the whole document


def compare(old: Node, new: Node) -> list[Change]:
    """List every difference between two documents, the breaking ones first."""
    return sorted(Comparison(old, new).changes(), key=_order)


def _order(change: Change) -> tuple[int, str, str, str, str]:
    rank = SEVERITIES.index(change.severity)
    return rank, change.operation, change.at, change.kind, f"{change.old} {change.new}"


class Comparison:
    """One run over two documents."""

    def __init__(self, old: Node, new: Node) -> None:
        """Read both documents' operations."""
        self._old_document, self._new_document = InterfaceReader(old), InterfaceReader(new)
        self._old = {entry.place: entry for entry in self._old_document.operations()}
        self._new = {entry.place: entry for entry in self._new_document.operations()}
        readers = SchemaReader(old), SchemaReader(new)
        for reader in readers:
            reader.read_components()
        self._requests = RequestComparison(*readers)
        self._answers = AnswerComparison(*readers)

    def changes(self) -> list[Change]:
        """Compare the servers, then what is gone, moved, new and still there."""
        found = self._servers()
        gone = [self._old[place] for place in sorted(self._old.keys() - self._new.keys())]
        come = [self._new[place] for place in sorted(self._new.keys() - self._old.keys())]
        for entry in gone:
            target = self._moved_to(entry, come)
            if target is None:
                found.append(_whole(entry, "removed", self._new))
            else:
                come.remove(target)
                found += self._move(entry, target)
        found += [_whole(entry, "added", self._old) for entry in come]
        for place in self._old.keys() & self._new.keys():
            found += self._pair(self._old[place], self._new[place])
        return found

    def _moved_to(self, entry: Interface, come: list[Interface]) -> Interface | None:
        """Find the same operation under another path: by name, else by its whole shape."""
        alike = [other for other in come if other.method == entry.method]
        named = [
            other
            for other in alike
            if entry.operation_id and other.operation_id == entry.operation_id
        ]
        return next(
            iter(named), next((other for other in alike if self._same_shape(entry, other)), None)
        )

    def _same_shape(self, old: Interface, new: Interface) -> bool:
        names_apart = {"operation-id-changed", "path-parameter-renamed", "deprecated-changed"}
        telling = bool(old.parameters or old.body or _described_answer(old))
        return telling and all(change.kind in names_apart for change in self._pair(old, new))

    def _move(self, old: Interface, new: Interface) -> list[Change]:
        moved = Change(
            kind="operation-moved", operation=old.label, at="path", old=old.label, new=new.label
        )
        return [moved, *self._pair(old, new)]

    def _pair(self, old: Interface, new: Interface) -> list[Change]:
        """Compare one operation that both documents have."""
        found = [
            Change(kind=kind, operation=new.label, at=at, old=before, new=after)
            for kind, at, before, after in (
                ("operation-id-changed", "operationId", old.operation_id, new.operation_id),
                ("deprecated-changed", "deprecated", old.deprecated, new.deprecated),
            )
            if before != after
        ]
        found += _security(old, new)
        if old.servers != new.servers and not self._global_servers(old, new):
            found += _addresses(old.servers, new.servers, new.label)
        return [*found, *self._requests.compare(old, new), *self._answers.compare(old, new)]

    def _servers(self) -> list[Change]:
        old, new = self._old_document.servers(), self._new_document.servers()
        return _addresses(old, new, DOCUMENT)

    def _global_servers(self, old: Interface, new: Interface) -> bool:
        """Whether the addresses are the document's own, compared once for all operations."""
        return (
            old.servers == self._old_document.servers()
            and new.servers == self._new_document.servers()
        )


def _described_answer(entry: Interface) -> bool:
    """Whether an operation answers with anything that could be recognised again."""
    return any(
        isinstance(schema, dict) and set(schema) - {"type", "format"}
        for answer in entry.responses.values()
        for schema in answer.body.media.values()
    )


def _whole(entry: Interface, what: str, others: dict[tuple[str, str], Interface]) -> Change:
    """An operation that only one document has; a path is named when all of it is concerned."""
    shared = any(place[1] == entry.place[1] for place in others)
    name = entry.operation_id or entry.label
    return Change(
        kind=f"{'operation' if shared else 'path'}-{what}",
        operation=entry.label,
        at="path",
        old=name if what == "removed" else None,
        new=name if what == "added" else None,
    )


def _addresses(old: frozenset[str], new: frozenset[str], operation: str) -> list[Change]:
    gone, come = sorted(old - new), sorted(new - old)

    def change(kind: str, before: Any = None, after: Any = None) -> Change:
        return Change(kind=kind, operation=operation, at="servers", old=before, new=after)

    if len(gone) == len(come) == 1:
        return [change("server-changed", gone[0], come[0])]
    removed = [change("server-removed", before=address) for address in gone]
    return removed + [change("server-added", after=address) for address in come]


def _security(old: Interface, new: Interface) -> list[Change]:
    """Judge what a caller must show: whoever could call before must still be able to."""
    if old.security == new.security:
        return []
    before = {name for way in old.security for name in way}
    after = {name for way in new.security for name in way}
    served = all(any(set(b) <= set(a) for b in new.security) for a in old.security)
    kind = "security-relaxed" if served else "security-tightened"
    if before and after and not (before <= after or after <= before):
        kind = "security-scheme-changed"
    ways = _ways(old.security), _ways(new.security)
    return [Change(kind=kind, operation=new.label, at="security", old=ways[0], new=ways[1])]


def _ways(security: frozenset[tuple[str, ...]]) -> list[str]:
    return sorted(" and ".join(way) or "none" for way in security)
