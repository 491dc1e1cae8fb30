"""Apply OpenAPI Overlay 1.0 files strictly: an action that does nothing any more is an error.

The format is OAI's, the targets are RFC 9535 queries (python-jsonpath). Two extensions are ours:
`x-reason` (required) says why an action exists, `x-expect` pins the shape that it replaces, and
`x-adds: true` promises that none of the keys of the update is there yet.

Only our words (summaries, descriptions, tags, names) may find nothing to describe: what they were
for is gone, and so are they, with a notice.
"""

from __future__ import annotations

import copy
import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

import jsonpath
from attrs import frozen

from scripts.spec.grammar import Node, SpecError
from scripts.spec.load import parse, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

ACTION_KEYS: Final = frozenset({"target", "description", "update", "remove"})
WORDS: Final = frozenset({"description", "operationId", "summary", "tags", "title"})
SELECTS_NOTHING: Final = "selects nothing"
_NOTHING: Final = object()
_QUERIES: Final = jsonpath.JSONPathEnvironment(strict=True)  # RFC 9535 and no extensions


@frozen
class Action:
    """One correction: where, why, and what happens there."""

    file: str
    target: str
    reason: str
    update: Any
    remove: bool
    expect: frozenset[str]
    adds: bool

    @property
    def words_only(self) -> bool:
        """Whether this only words or names something; a *property* called `title` is a schema."""
        return isinstance(self.update, dict) and all(
            (key in WORDS or key.startswith("x-"))
            and (isinstance(value, str) or (key == "tags" and isinstance(value, list)))
            for key, value in self.update.items()
        )

    def __str__(self) -> str:
        """Name the action in a message: file, target, reason."""
        return f"{self.file}: {self.target} ({self.reason})"


@frozen
class Stale:
    """An action that no longer fits the document, with what is wrong."""

    action: Action
    fault: str

    @property
    def dropped(self) -> bool:
        """Whether these are words for something that is gone, which nobody misses."""
        return self.action.words_only and self.fault == SELECTS_NOTHING

    def __str__(self) -> str:
        """Say what no longer holds and why the action had been written."""
        return f"{self.action}: {self.fault}"


class StaleOverlayError(SpecError):
    """One or more actions of the overlay no longer fit the document."""

    def __init__(self, stale: Iterable[Stale]) -> None:
        """Keep the stale actions and list them in the message."""
        self.stale = tuple(stale)
        lines = "\n".join(f"  - {entry}" for entry in self.stale)
        super().__init__(
            f"{len(self.stale)} overlay action(s) no longer apply:\n{lines}\n"
            "Look at what upstream changed there, then mend or delete each action."
        )


def fingerprint(node: Any) -> str:
    """Hash a shape for `x-expect`, whatever the order of its keys."""
    text = json.dumps(node, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def read_overlays(folder: Path) -> tuple[Action, ...]:
    """Read every overlay of a folder, in the order of the file names."""
    folder = folder / "overlay" if (folder / "overlay").is_dir() else folder
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise SpecError(f"{folder} holds no overlay (*.yaml)")
    return tuple(action for file in files for action in read_actions(read_file(file), file.name))


def read_actions(text: str, name: str) -> tuple[Action, ...]:
    """Read one overlay file; an action without a reason is refused."""
    # Anchors share one object between places; an action changes a single place.
    data = json.loads(json.dumps(parse(text, name)))
    if not isinstance(data, dict) or not str(data.get("overlay", "")).startswith("1.0"):
        raise SpecError(f"{name} is not an OpenAPI Overlay 1.0 document")
    entries = data.get("actions")
    if not isinstance(entries, list) or not entries:
        raise SpecError(f"{name} has no actions")
    return tuple(_action(entry, name, i) for i, entry in enumerate(entries, 1))


def _action(entry: Any, name: str, number: int) -> Action:
    where = f"{name}, action {number}"
    if not isinstance(entry, dict) or not isinstance(entry.get("target"), str):
        raise SpecError(f"{where} has no target")
    unknown = sorted(key for key in entry if key not in ACTION_KEYS and not key.startswith("x-"))
    if unknown:
        raise SpecError(f"{where} has an unknown key {unknown[0]!r}")
    reason = entry.get("x-reason")
    if not isinstance(reason, str) or not reason.strip():
        raise SpecError(f"{where} ({entry['target']}) has no x-reason: say why it exists")
    remove = entry.get("remove", False) is True
    if remove == ("update" in entry):
        raise SpecError(f"{where} ({entry['target']}) needs either 'update' or 'remove: true'")
    return Action(
        file=name,
        target=entry["target"],
        reason=" ".join(reason.split()),
        update=entry.get("update", _NOTHING),
        remove=remove,
        expect=frozenset(str(entry.get("x-expect", "")).split()),
        adds=entry.get("x-adds", False) is True,
    )


def apply(document: Node, actions: Iterable[Action]) -> tuple[Node, tuple[Stale, ...]]:
    """Apply the actions in turn to a copy; return it with the actions that did nothing."""
    changed = copy.deepcopy(document)
    stale = [Stale(action, fault) for action in actions if (fault := _perform(changed, action))]
    return changed, tuple(stale)


def apply_strictly(
    document: Node, actions: Iterable[Action], notice: Callable[[Stale], object] = id
) -> Node:
    """Apply the actions; raise when a correction no longer fits, tell of words for what is gone."""
    changed, stale = apply(document, actions)
    strict = [entry for entry in stale if not entry.dropped]
    if strict:
        raise StaleOverlayError(strict)
    for entry in stale:
        notice(entry)
    return changed


def _perform(document: Node, action: Action) -> str | None:
    """Carry out one action in place; return what is wrong with it, if anything."""
    try:
        matches = _QUERIES.finditer(action.target, document)
        found = [(match.parent, match.parts[-1] if match.parts else None) for match in matches]
    except jsonpath.JSONPathError as error:
        raise SpecError(f"{action}: the target is not a JSONPath query: {error}") from None
    if not found:
        return SELECTS_NOTHING
    # Deleting from the end of a list keeps the earlier positions valid.
    found.sort(key=lambda item: item[1] if isinstance(item[1], int) else -1, reverse=True)
    nodes = [document if key is None else _at(parent, key) for parent, key in found]
    if fault := _unexpected(nodes, action):
        return fault
    if action.remove:
        for parent, key in found:
            _remove(parent, key)
        return None
    wrong = next((node for node in nodes if not _takes(node, action.update)), None)
    if wrong is not None:
        return f"an update needs an object or a list, not a {type(wrong).__name__}"
    changes = [_update(node, action.update) for node in nodes]
    return None if all(changes) else "changes nothing: upstream says the same now"


def _unexpected(nodes: list[Any], action: Action) -> str | None:
    """Check what the action said about the shapes that it is about to change."""
    if action.expect:
        seen = sorted({fingerprint(node) for node in nodes} - action.expect)
        if seen:
            return f"replaces a shape that upstream changed (x-expect is now {', '.join(seen)})"
    if action.adds and isinstance(action.update, dict):
        there = sorted({key for node in nodes for key in action.update if _has(node, key)})
    elif isinstance(action.update, list):  # appending what is there already would double it
        lists = [node for node in nodes if isinstance(node, list)]
        there = [str(item) for node in lists for item in action.update if item in node]
    else:
        there = []
    return f"adds {', '.join(there)}, which upstream has now" if there else None


def _has(node: Any, key: str) -> bool:
    return isinstance(node, dict) and key in node


def _at(parent: Any, key: Any) -> Any:
    return parent.obj[key]


def _remove(parent: Any, key: Any) -> None:
    if key is None:
        raise SpecError("an overlay cannot remove the whole document")
    del parent.obj[key]


def _takes(node: Any, update: Any) -> bool:
    return isinstance(node, list) or (isinstance(node, dict) and isinstance(update, dict))


def _update(node: Any, update: Any) -> bool:
    if isinstance(node, dict):
        return _merge(node, update)
    addition = update if isinstance(update, list) else [update]
    node.extend(copy.deepcopy(addition))
    return bool(addition)


def _merge(node: Node, update: Node) -> bool:
    """Merge as the Overlay format does: objects recursively, lists appended, the rest replaced."""
    changed = False
    for key, value in update.items():
        old = node.get(key, _NOTHING)
        if isinstance(old, dict) and isinstance(value, dict):
            changed |= _merge(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            old.extend(copy.deepcopy(value))
            changed |= bool(value)
        elif old is _NOTHING or type(old) is not type(value) or old != value:
            node[key] = copy.deepcopy(value)
            changed = True
    return changed
