"""Compare what two schemas allow, in one direction, wherever they lead to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, Literal

from scripts.drift import limits
from scripts.drift.allowed import ALL_TYPES, Plain, Schema
from scripts.drift.verdicts import Change

if TYPE_CHECKING:
    from scripts.drift.schema import SchemaReader

Direction = Literal["request", "response"]

# Formats that a typed client turns into something else than text.
PARSED_FORMATS: Final = frozenset({"binary", "byte", "date", "date-time", "time", "uuid"})


class ShapeComparison:
    """Walks a pair of schemas; each pair of places is looked at once, so cycles end."""

    def __init__(self, old: SchemaReader, new: SchemaReader, direction: Direction) -> None:
        """Compare schemas read by these readers, as a client sends or receives them."""
        self._old = old
        self._new = new
        self._direction: Final = direction
        self._equal: dict[tuple[int, int], bool] = {}
        self._assumed: set[tuple[int, int]] = set()
        self._seen: set[tuple[int, int]] = set()
        self._found: list[Change] = []
        self._operation = ""

    def compare(self, old: Any, new: Any, operation: str, at: str) -> list[Change]:
        """List the differences between two raw schemas and everything below them."""
        self._operation, self._seen, self._found = operation, set(), []
        self._schemas(self._old.read(old), self._new.read(new), at, "")
        return self._found

    def _add(self, kind: str, at: str, shared: str, old: Any = None, new: Any = None) -> None:
        """Record a change whose verdict depends on the direction."""
        self._note(f"{self._direction}-{kind}", at, shared, old, new)

    def _note(self, kind: str, at: str, shared: str, old: Any, new: Any) -> None:
        """Record a change."""
        self._found.append(
            Change(kind=kind, operation=self._operation, at=at, shared=shared, old=old, new=new)
        )

    def _schemas(self, old: Schema, new: Schema, at: str, shared: str) -> None:
        if self._visited(old, new):
            return
        shared = old.name if old.name and old.name == new.name else shared
        if old.null != new.null and not (old.anything or new.anything):
            self._add("became-nullable" if new.null else "became-not-nullable", at, shared)
        if old.discriminator != new.discriminator:
            words = old.discriminator or None, new.discriminator or None
            self._note("discriminator-changed", at, shared, *words)
        if len(old.alternatives) == len(new.alternatives) == 1:
            self._plains(old.alternatives[0], new.alternatives[0], at, shared)
        else:
            self._unions(old, new, at, shared)

    def _visited(self, old: object, new: object) -> bool:
        pair = (id(old), id(new))
        seen = pair in self._seen
        self._seen.add(pair)
        return seen

    # --- unions ---------------------------------------------------------------------------------

    def _unions(self, old: Schema, new: Schema, at: str, shared: str) -> None:
        gone = {plain: _label(plain, self._old) for plain in old.alternatives}
        come = {plain: _label(plain, self._new) for plain in new.alternatives}
        for plain in old.alternatives:
            same = next((other for other in come if self.same(plain, other)), None)
            if same is not None:
                del gone[plain], come[same]
        for plain, other in _paired(gone, come):
            label = come.pop(other)
            del gone[plain]
            self._plains(plain, other, f"{at}|{label}", f"{shared}|{label}")
        for label in gone.values():
            self._variant(label, new, "removed", at, shared)
        for label in come.values():
            self._variant(label, old, "added", at, shared)
        overlap = self._old.may_overlap(old) and self._new.may_overlap(new)
        if old.exclusive != new.exclusive and overlap:
            word = "tightened" if new.exclusive else "loosened"
            self._constraint(word, at, shared, _union_word(old), _union_word(new))

    def _variant(self, label: str, others: Schema, what: str, at: str, shared: str) -> None:
        none = "any" if others.anything else None
        old, new = (none, label) if what == "added" else (label, none)
        if not others.anything:
            self._add(f"variant-{what}", at, shared, old, new)
        else:  # next to "anything", one more alternative is a restriction
            word = "narrowed" if what == "added" else "widened"
            self._add(f"type-{word}", at, shared, old, new)

    def same(self, old: Plain, new: Plain) -> bool:
        """Whether two alternatives allow the same, looked at from scratch."""
        pair = (id(old), id(new))
        if pair in self._equal:
            return self._equal[pair]
        if pair in self._assumed:
            return True  # inside a cycle: equal unless a difference turns up elsewhere
        kept = self._seen, self._found
        self._seen, self._found = set(), []
        self._assumed.add(pair)
        self._plains(old, new, "", "")
        self._assumed.discard(pair)
        same = not self._found
        self._seen, self._found = kept
        # "Equal" that rests on an open assumption is not final; "different" always is.
        if not same or not self._assumed:
            self._equal[pair] = same
        return same

    # --- one alternative ------------------------------------------------------------------------

    def _plains(self, old: Plain, new: Plain, at: str, shared: str) -> None:
        if self._visited(old, new):
            return
        common = self._types(old, new, at, shared)
        if not common:
            return
        self._values(old, new, at, shared)
        self._format(old.format, new.format, at, shared)
        for word, name in limits.changes(old.limits, new.limits):
            place, spot = f"{at} {name}", f"{shared} {name}"
            values = (limits.shown(side.limits.get(name)) for side in (old, new))
            self._constraint(word, place, spot, *values)
        if old.others != new.others:
            word = "tightened" if new.others else "loosened"
            self._constraint(word, at, shared, old.others or None, new.others or None)
        for kind, before, after in (
            ("default-changed", old.default, new.default),
            ("deprecated-changed", old.deprecated, new.deprecated),
        ):
            if before != after:
                self._note(kind, at, shared, before or None, after or None)
        if "object" in common:
            self._objects(old, new, at, shared)
        if "array" in common:
            items = self._old.read(old.items), self._new.read(new.items)
            self._schemas(*items, f"{at}[]", f"{shared}[]")

    def _types(self, old: Plain, new: Plain, at: str, shared: str) -> frozenset[str]:
        """Compare the types; return those that both sides have."""
        before, after = _with_integers(old.types), _with_integers(new.types)
        if before != after:
            kind = "changed"
            if before < after:
                kind = "widened"
            elif after < before:
                kind = "narrowed"
            self._add(f"type-{kind}", at, shared, _type_label(old), _type_label(new))
            if ALL_TYPES in (old.types, new.types):
                return frozenset()  # all else that one side says is this same news over again
        return before & after

    def _values(self, old: Plain, new: Plain, at: str, shared: str) -> None:
        if old.enum is None and new.enum is None:
            return
        if old.enum is None or new.enum is None:
            kind = "enum-value-removed" if old.enum is None else "enum-value-added"
            self._add(kind, at, shared, _listed(old.enum), _listed(new.enum))
            return
        for value in sorted(old.enum - new.enum):
            self._add("enum-value-removed", at, shared, old=json.loads(value))
        for value in sorted(new.enum - old.enum):
            self._add("enum-value-added", at, shared, new=json.loads(value))

    def _format(self, old: str, new: str, at: str, shared: str) -> None:
        if old == new:
            return
        parsed = {name for name in (old, new) if name in PARSED_FORMATS}
        leaves, enters = old in parsed, new in parsed
        if self._direction == "response":
            kind = "widened" if leaves else "narrowed" if enters else "changed"
        else:
            kind = "narrowed" if enters else "widened" if leaves else "changed"
        self._add(f"format-{kind}", at, shared, old or None, new or None)

    def _constraint(self, word: str, at: str, shared: str, old: Any, new: Any) -> None:
        kind = f"constraint-{word}" if self._direction == "request" else "constraint-changed"
        self._add(kind, at, shared, old, new)

    # --- objects --------------------------------------------------------------------------------

    def _objects(self, old: Plain, new: Plain, at: str, shared: str) -> None:
        before, after = self._visible(self._old, old), self._visible(self._new, new)
        for name in sorted(before.keys() | after.keys()):
            place, spot = f"{at}.{name}", f"{shared}.{name}"
            if name not in after:
                self._add("property-removed", place, spot, old=name)
            elif name not in before:
                needed = self._direction == "request" and name in new.required
                kind = "required-property-added" if needed else "property-added"
                self._add(kind, place, spot, new=name)
            else:
                if (name in old.required) != (name in new.required):
                    word = "required" if name in new.required else "optional"
                    self._add(f"property-became-{word}", place, spot)
                self._schemas(before[name], after[name], place, spot)
        self._additional(old, new, at, shared)

    def _visible(self, reader: SchemaReader, plain: Plain) -> dict[str, Schema]:
        """The properties that travel in this direction, with the required but undescribed."""
        raws = dict.fromkeys(plain.required, True) | dict(plain.properties)
        read = {name: reader.read(raw) for name, raw in raws.items()}
        if self._direction == "request":
            return {name: schema for name, schema in read.items() if not schema.read_only}
        return {name: schema for name, schema in read.items() if not schema.write_only}

    def _additional(self, old: Plain, new: Plain, at: str, shared: str) -> None:
        before, after = old.additional is not False, new.additional is not False
        if before and after:
            pair = self._old.read(old.additional), self._new.read(new.additional)
            self._schemas(*pair, f"{at}.*", f"{shared}.*")
        elif before != after:
            word = "allowed" if after else "forbidden"
            kind = word if self._direction == "request" else "changed"
            self._add(f"additional-properties-{kind}", at, shared, before, after)


def _with_integers(types: frozenset[str]) -> frozenset[str]:
    return types | {"integer"} if "number" in types else types


def _type_label(plain: Plain) -> str:
    if plain.types == ALL_TYPES:
        return "any"
    return "|".join(sorted(plain.types)) or "nothing"


def _label(plain: Plain, reader: SchemaReader) -> str:
    """Name an alternative: its type, and its tag when it has one."""
    for name, values in reader.tags(plain).items():
        if len(values) == 1:
            return f"{_type_label(plain)}({name}={json.loads(min(values))})"
    if plain.types == {"object"} and plain.required:
        return f"object({', '.join(sorted(plain.required))})"
    return _type_label(plain)


def _union_word(schema: Schema) -> str:
    return "oneOf" if schema.exclusive else "anyOf"


def _listed(values: frozenset[str] | None) -> Any:
    return "any value" if values is None else sorted(json.loads(value) for value in values)


def _paired(gone: dict[Plain, str], come: dict[Plain, str]) -> list[tuple[Plain, Plain]]:
    """Match what is left of two unions by likeness, the most alike first."""
    scored = [
        ((_likeness(old, new) + (label == gone[old]), label, gone[old]), old, new)
        for old in gone
        for new, label in come.items()
        if _with_integers(old.types) & _with_integers(new.types)
    ]
    pairs: list[tuple[Plain, Plain]] = []
    for score, old, new in sorted(scored, key=lambda entry: entry[0], reverse=True):
        taken = any(old is seen or new is other for seen, other in pairs)
        if score[0] > 0 and not taken:
            pairs.append((old, new))
    return pairs


def _likeness(old: Plain, new: Plain) -> float:
    """How much two alternatives of one type have in common, from 0 to 1."""
    if "object" not in old.types & new.types:
        return 1.0
    names, others = set(old.properties), set(new.properties)
    return len(names & others) / len(names | others) if names | others else 1.0
