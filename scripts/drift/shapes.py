"""Compare what two schemas allow, in one direction, wherever they lead to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import frozen

from scripts.drift.schema import (
    ALL_TYPES,
    FIELDS,
    LIMITS,
    Plain,
    Schema,
    SchemaReader,
    common_types,
    tighter,
)
from scripts.drift.verdicts import Change

if TYPE_CHECKING:
    from collections.abc import Callable

# Formats that a typed client turns into something else than text.
PARSED_FORMATS: Final = frozenset({"binary", "byte", "date", "date-time", "time", "uuid"})

Pair = tuple[int, int]
T = TypeVar("T")


@frozen
class Place:
    """Where in a body a schema stands, and the same counted from the nearest named schema."""

    at: str
    shared: str = ""

    def __add__(self, step: str) -> Place:
        """One step further in."""
        return Place(self.at + step, self.shared and self.shared + step)


class ShapeComparison:
    """Walks a pair of schemas; each pair of places is looked at once, so cycles end."""

    def __init__(self, old: SchemaReader, new: SchemaReader) -> None:
        """Compare schemas read by these readers."""
        self._old, self._new = old, new
        self._side = self._operation = ""
        self._found: list[Change] = []
        self._seen: set[Pair] = set()  # by this comparison
        self._assumed: set[Pair] = set()
        self._equal: dict[tuple[str, Pair], bool] = {}
        self._visited: dict[str, set[Pair]] = {"request": set(), "response": set()}
        self._unseen: list[tuple[str, Pair, Change]] = []

    def compare(self, old: Any, new: Any, operation: str, at: str, side: str) -> list[Change]:
        """List the differences between two raw schemas and everything below them."""
        self._operation, self._side = operation, side
        self._seen, self._found = set(), []
        self._raws(old, new, Place(at))
        return self._found

    def unseen(self) -> list[Change]:
        """What changed in fields that travel only the other way, where nothing goes that way."""
        other = {"request": "response", "response": "request"}
        return [
            change for side, pair, change in self._unseen if pair not in self._visited[other[side]]
        ]

    def _add(self, kind: str, place: Place, old: Any = None, new: Any = None) -> None:
        """Record a change whose verdict depends on the direction."""
        self._note(f"{self._side}-{kind}", place, old, new)

    def _note(self, kind: str, place: Place, old: Any = None, new: Any = None) -> None:
        self._found.append(self._change(kind, place, old, new))

    def _change(self, kind: str, place: Place, old: Any = None, new: Any = None) -> Change:
        where = {"operation": self._operation, "at": place.at, "shared": place.shared}
        return Change(kind=kind, old=old, new=new, **where)

    def _constraint(self, tightened: bool, place: Place, old: Any, new: Any) -> None:
        word = "tightened" if tightened else "loosened"
        self._add(f"constraint-{word if self._side == 'request' else 'changed'}", place, old, new)

    def _raws(self, old: Any, new: Any, place: Place) -> None:
        self._schemas(self._old.read(old), self._new.read(new), place)

    def _first_time(self, old: object, new: object) -> bool:
        pair = (id(old), id(new))
        first = pair not in self._seen
        self._seen.add(pair)
        return first

    def _schemas(self, old: Schema, new: Schema, place: Place) -> None:
        if not self._first_time(old, new):
            return
        if old.name and old.name == new.name:
            place = Place(place.at, old.name)
        if old.null != new.null and not (old.anything or new.anything):
            self._add("became-nullable" if new.null else "became-not-nullable", place)
        if old.discriminator != new.discriminator:
            words = old.discriminator or None, new.discriminator or None
            self._note("discriminator-changed", place, *words)
        if len(old.alternatives) == len(new.alternatives) == 1:
            self._plains(old.alternatives[0], new.alternatives[0], place)
        else:
            self._unions(old, new, place)
        for value in old.mapping.keys() & new.mapping.keys():
            self._raws(old.mapping[value], new.mapping[value], place + f"({value})")

    # --- unions ---------------------------------------------------------------------------------

    def _unions(self, old: Schema, new: Schema, place: Place) -> None:
        gone = {plain: _label(plain, self._old) for plain in old.alternatives}
        come = {plain: _label(plain, self._new) for plain in new.alternatives}
        for plain in old.alternatives:
            twin = next((other for other in come if self.same(plain, other)), None)
            if twin is not None:
                del gone[plain], come[twin]
        for plain, other in _paired(gone, come):
            self._plains(plain, other, place + f"|{come.pop(other)}")
            del gone[plain]
        for label in gone.values():
            self._variant(label, new, "removed", place)
        for label in come.values():
            self._variant(label, old, "added", place)
        if old.exclusive != new.exclusive and (
            self._old.may_overlap(old) and self._new.may_overlap(new)
        ):
            words = ("oneOf" if side.exclusive else "anyOf" for side in (old, new))
            self._constraint(new.exclusive, place, *words)

    def _variant(self, label: str, others: Schema, what: str, place: Place) -> None:
        none = "any" if others.anything else None
        old, new = (none, label) if what == "added" else (label, none)
        if others.anything:  # next to "anything", one more alternative is a restriction
            self._add("type-narrowed" if what == "added" else "type-widened", place, old, new)
        else:
            self._add(f"variant-{what}", place, old, new)

    def same(self, old: Plain, new: Plain) -> bool:
        """Whether two alternatives allow the same, looked at from scratch."""
        pair = (id(old), id(new))
        key = (self._side, pair)
        if key in self._equal:
            return self._equal[key]
        if pair in self._assumed:
            return True  # inside a cycle: equal unless a difference turns up elsewhere
        self._assumed.add(pair)
        same = self.aside(lambda: self._same(lambda: self._plains(old, new, Place(""))))
        self._assumed.discard(pair)
        # "Equal" that rests on an open assumption is not final; "different" always is.
        if not same or not self._assumed:
            self._equal[key] = same
        return same

    def _same(self, look: Callable[[], None]) -> bool:
        look()
        return not (self._found or self._unseen)

    def aside(self, look: Callable[[], T]) -> T:
        """Look at something from scratch, without recording what is found."""
        kept = self._side, self._seen, self._found, self._unseen
        self._seen, self._found, self._unseen = set(), [], []
        try:
            return look()
        finally:
            self._side, self._seen, self._found, self._unseen = kept

    # --- one alternative ------------------------------------------------------------------------

    def _plains(self, old: Plain, new: Plain, place: Place) -> None:
        if not self._first_time(old, new):
            return
        common = self._types(old, new, place)
        if not common:
            return
        self._values(old, new, place)
        for word in sorted((old.words.keys() | new.words.keys()) - {*FIELDS, "items"}):
            self._word(word, old, new, place)
        if "object" in common:
            self._objects(old, new, place)
        if "array" in common:
            self._raws(old.words.get("items"), new.words.get("items"), place + "[]")

    def _word(self, word: str, old: Plain, new: Plain, place: Place) -> None:
        """Compare what both say by one word, or about one inner schema."""
        before, after = old.words.get(word), new.words.get(word)
        if word in LIMITS:
            self._limit(word, old, new, place + f" {word}")
        elif word == "format":
            self._format(before, after, place)
        elif word[0] in "[.":  # a position of a list, a pattern of names
            self._raws(before, after, place + word)
        elif word[0] == " ":  # what allows less where it allows more
            if not self.aside(lambda: self._same(lambda: self._raws(before, after, place))):
                self._constraint(after is not None, place + word, None, None)
        elif before != after:
            if word in ("default", "deprecated"):
                self._note(f"{word}-changed", place, before, after)
            else:
                self._constraint(after is not None, place, before, after)

    def _types(self, old: Plain, new: Plain, place: Place) -> frozenset[str]:
        """Compare the types; return those that both sides have."""
        before, after = _with_integers(old.types), _with_integers(new.types)
        if before != after:
            word = "widened" if before < after else "narrowed" if after < before else "changed"
            self._add(f"type-{word}", place, _type_label(old), _type_label(new))
            if ALL_TYPES in (old.types, new.types):
                return frozenset()  # all else that one side says is this same news over again
        return before & after

    def _values(self, old: Plain, new: Plain, place: Place) -> None:
        if old.enum is None and new.enum is None:
            return
        if old.enum is None or new.enum is None:
            kind = "enum-value-removed" if old.enum is None else "enum-value-added"
            self._add(kind, place, _listed(old.enum), _listed(new.enum))
            return
        for value in sorted(old.enum - new.enum):
            self._add("enum-value-removed", place, old=json.loads(value))
        for value in sorted(new.enum - old.enum):
            self._add("enum-value-added", place, new=json.loads(value))

    def _format(self, old: str | None, new: str | None, place: Place) -> None:
        if old == new:
            return
        leaves, enters = old in PARSED_FORMATS, new in PARSED_FORMATS
        if self._side == "response":
            word = "widened" if leaves else "narrowed" if enters else "changed"
        else:
            word = "narrowed" if enters else "widened" if leaves else "changed"
        self._add(f"format-{word}", place, old, new)

    def _limit(self, word: str, old: Plain, new: Plain, place: Place) -> None:
        """A bound that moves inwards is tighter; a pattern that merely differs counts as that."""
        before, after = old.bound(word), new.bound(word)
        if before != after:
            loosened = after is None or (before is not None and tighter(word, before, after))
            shown = (_shown(side.words.get(word)) for side in (old, new))
            self._constraint(not loosened, place, *shown)

    # --- objects --------------------------------------------------------------------------------

    def _objects(self, old: Plain, new: Plain, place: Place) -> None:
        self._visited[self._side].add((id(old), id(new)))
        before, after = self._old.fields(old), self._new.fields(new)
        for name in sorted(before.keys() | after.keys()):
            field = place + f".{name}"
            was, now = self._travelling(before.get(name)), self._travelling(after.get(name))
            if was and now:
                if _needs(name, old) != _needs(name, new):
                    word = "required" if _needs(name, new) else "optional"
                    self._add(f"property-became-{word}", field)
                self._schemas(was, now, field)
                if (was.read_only, was.write_only) != (now.read_only, now.write_only):
                    self._aside("access-changed", old, new, field)
            elif was:
                self._add("property-removed", field, old=name)
            elif now:
                needed = self._side == "request" and _needs(name, new)
                self._add(f"{'required-' if needed else ''}property-added", field, new=name)
            elif self._hidden_change(name, (old, before), (new, after)):
                self._aside("unseen-property-changed", old, new, field)
        self._additional(old, new, place)

    def _travelling(self, schema: Schema | None) -> Schema | None:
        """A field, if it goes in this direction."""
        hidden = schema and (schema.read_only if self._side == "request" else schema.write_only)
        return None if hidden else schema

    def _hidden_change(self, name: str, *sides: tuple[Plain, dict[str, Schema]]) -> bool:
        """Whether a field differs that does not go in this direction."""
        (old, before), (new, after) = sides
        if name not in before or name not in after or _needs(name, old) != _needs(name, new):
            return True
        was, now = before[name], after[name]
        look = self.aside(lambda: self._same(lambda: self._schemas(was, now, Place(""))))
        return (was.read_only, was.write_only) != (now.read_only, now.write_only) or not look

    def _aside(self, kind: str, old: Plain, new: Plain, place: Place) -> None:
        """Note what only matters to openapi.yaml, unless the other direction tells of it."""
        self._unseen.append((self._side, (id(old), id(new)), self._change(kind, place)))

    def _additional(self, old: Plain, new: Plain, place: Place) -> None:
        raws = (plain.words.get("additionalProperties") for plain in (old, new))
        before, after = raws
        if before is not False and after is not False:
            self._raws(before, after, place + ".*")
        elif before is not after:
            word = "forbidden" if after is False else "allowed"
            kind = word if self._side == "request" else "changed"
            self._add(f"additional-properties-{kind}", place, before is not False, after is not False)


def _needs(name: str, plain: Plain) -> bool:
    return name in plain.words.get("required", ())


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
    if plain.types == {"object"} and plain.words.get("required"):
        return f"object({', '.join(sorted(plain.words['required']))})"
    return _type_label(plain)


def _listed(values: frozenset[str] | None) -> Any:
    return "any value" if values is None else [json.loads(value) for value in sorted(values)]


def _shown(limit: Any) -> Any:
    """Write a limit for a report: an exclusive bound says so."""
    if not isinstance(limit, tuple):
        return limit
    return f"{limit[0]} exclusive" if limit[1] else limit[0]


def _paired(gone: dict[Plain, str], come: dict[Plain, str]) -> list[tuple[Plain, Plain]]:
    """Match what is left of two unions by likeness, the most alike first."""
    scored = [
        ((_likeness(old, new) + (label == gone[old]), label, gone[old]), old, new)
        for old in gone
        for new, label in come.items()
        if common_types(old.types, new.types)
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
    names, others = (set(plain.words.get("properties", ())) for plain in (old, new))
    return len(names & others) / len(names | others) if names | others else 1.0
