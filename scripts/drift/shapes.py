"""Compare what two schemas allow, in one direction, wherever they lead to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from scripts.drift.schema import ALL_TYPES, FIELDS, LIMITS, Plain, Schema, common_types, tighter
from scripts.drift.verdicts import Change

if TYPE_CHECKING:
    from collections.abc import Callable

    from scripts.drift.schema import SchemaReader

# Formats that a typed client turns into something else than text.
PARSED_FORMATS: Final = frozenset({"binary", "byte", "date", "date-time", "time", "uuid"})

Pair = tuple[Any, Any]  # of schemas or alternatives, which are the same only when they are one


@frozen
class Place:
    """Where in a body a schema stands, and the same counted from the nearest named schema."""

    operation: str
    at: str
    shared: str = ""

    def __add__(self, step: str) -> Place:
        """One step further in."""
        return Place(self.operation, self.at + step, self.shared and self.shared + step)


class ShapeComparison:
    """Walks a pair of schemas; each pair of places is looked at once, so cycles end."""

    def __init__(
        self, old: SchemaReader, new: SchemaReader, unchanged: frozenset[str] = frozenset()
    ) -> None:
        """Compare schemas read by these readers; behind unchanged references nothing is found."""
        self._old, self._new, self._unchanged = old, new, unchanged
        self._side = ""
        self._found: list[Change] = []
        self._seen: set[Pair] = set()  # by this look
        self._compared: dict[tuple[str, Pair], Place] = {}  # all alternatives, by direction
        self._assumed: set[Pair] = set()
        self._same: dict[tuple[str, Pair], bool] = {}

    def compare(self, old: Any, new: Any, place: Place, side: str) -> list[Change]:
        """List the differences between two raw schemas and everything below them."""
        self._side, self._seen, self._found = side, set(), []
        self._raws(old, new, place)
        return self._found

    def unseen(self) -> list[Change]:
        """What changed about fields that go one way only, in what only goes the other way."""
        found: list[Change] = []
        for (side, pair), place in list(self._compared.items()):
            if ("response" if side == "request" else "request", pair) in self._compared:
                continue
            self._side = side
            fields = self._old.fields(pair[0]), self._new.fields(pair[1])
            for name in sorted(fields[0].keys() | fields[1].keys()):
                old, new = (side.get(name) for side in fields)
                travelling = self._travelling(old), self._travelling(new)
                if all(travelling) and _access(old) != _access(new):
                    found.append(_change("access-changed", place + f".{name}"))
                elif not any(travelling) and not self._alike(name, pair, (old, new), place):
                    found.append(_change("unseen-property-changed", place + f".{name}"))
        return found

    def _alike(
        self, name: str, pair: Pair, fields: tuple[Schema | None, Schema | None], place: Place
    ) -> bool:
        old, new = fields
        if old is None or new is None or _needs(name, pair[0]) != _needs(name, pair[1]):
            return False
        return _access(old) == _access(new) and self.alike(lambda: self._schemas(old, new, place))

    def alike(self, look: Callable[[], bool | None]) -> bool:
        """Whether a look from scratch finds nothing; what it finds is not recorded."""
        kept = self._side, self._seen, self._found, self._compared
        self._seen, self._found, self._compared = set(), [], {}
        verdict = look()
        same = not self._found if verdict is None else verdict
        compared = self._compared if same else {}
        self._side, self._seen, self._found, self._compared = kept
        self._compared |= {key: place for key, place in compared.items() if key not in kept[3]}
        return same

    def _add(self, kind: str, place: Place, old: Any = None, new: Any = None) -> None:
        """Record a change whose verdict depends on the direction."""
        self._found.append(_change(f"{self._side}-{kind}", place, old, new))

    def _constraint(self, tightened: bool, place: Place, old: Any, new: Any) -> None:
        word = "tightened" if tightened else "loosened"
        self._add(f"constraint-{word if self._side == 'request' else 'changed'}", place, old, new)

    def _raws(self, old: Any, new: Any, place: Place) -> None:
        self._schemas(self._old.read(old), self._new.read(new), place)

    def _first_time(self, pair: Pair) -> bool:
        first = pair not in self._seen
        self._seen.add(pair)
        return first

    def _schemas(self, old: Schema, new: Schema, place: Place) -> None:
        if old.reference == new.reference and old.reference in self._unchanged:
            return
        if not self._first_time((old, new)):
            return
        before, after = old.notes.get, new.notes.get
        if before("name") and before("name") == after("name"):
            place = Place(place.operation, place.at, before("name", ""))
        if old.null != new.null and not (old.anything or new.anything):
            self._add("became-nullable" if new.null else "became-not-nullable", place)
        if before("discriminator") != after("discriminator"):
            words = before("discriminator"), after("discriminator")
            self._found.append(_change("discriminator-changed", place, *words))
        if len(old.alternatives) == len(new.alternatives) == 1:
            self._plains(old.alternatives[0], new.alternatives[0], place)
        else:
            self._unions(old, new, place)
        leads, led = before("mapping", {}), after("mapping", {})
        for value in sorted(leads.keys() & led.keys()):
            self._raws(leads[value], led[value], place + f"({value})")

    # --- unions ---------------------------------------------------------------------------------

    def _unions(self, old: Schema, new: Schema, place: Place) -> None:
        gone = {plain: _label(plain, self._old) for plain in old.alternatives}
        come = {plain: _label(plain, self._new) for plain in new.alternatives}
        for plain in old.alternatives:
            twin = next((other for other in come if self._twins((plain, other), place)), None)
            if twin is not None:
                del gone[plain], come[twin]
        for plain, other in _paired(gone, come):
            self._plains(plain, other, place + f"|{come.pop(other)}")
            del gone[plain]
        for what, labels, others in (("removed", gone, new), ("added", come, old)):
            for label in labels.values():
                kind, none = f"variant-{what}", None
                if others.anything:  # next to "anything", one more alternative is a restriction
                    kind, none = "type-narrowed" if what == "added" else "type-widened", "any"
                self._add(kind, place, *((none, label) if what == "added" else (label, none)))
        overlap = self._old.may_overlap(old) and self._new.may_overlap(new)
        words = ["oneOf" if "exclusive" in side.notes else "anyOf" for side in (old, new)]
        if words[0] != words[1] and overlap:
            self._constraint(words[1] == "oneOf", place, *words)

    def _twins(self, pair: Pair, place: Place) -> bool:
        """Whether two alternatives allow the same."""
        key = (self._side, pair)
        if key in self._same or pair in self._assumed:
            return self._same.get(key, True)  # equal in a cycle, unless another place differs
        self._assumed.add(pair)
        same = self.alike(lambda: self._plains(*pair, place))
        self._assumed.discard(pair)
        # "Equal" that rests on an open assumption is not final; "different" always is.
        if not same or not self._assumed:
            self._same[key] = same
        return same

    # --- one alternative ------------------------------------------------------------------------

    def _plains(self, old: Plain, new: Plain, place: Place) -> None:
        common = self._types(old, new, place) if self._first_time((old, new)) else frozenset()
        if not common:
            return
        self._compared.setdefault((self._side, (old, new)), place)
        self._values(old.enum, new.enum, place)
        for word in sorted((old.words.keys() | new.words.keys()) - {*FIELDS, "items"}):
            self._word(word, old, new, place)
        if "object" in common:
            self._objects(old, new, place)
        if "array" in common:
            self._raws(old.words.get("items"), new.words.get("items"), place + "[]")

    def _types(self, old: Plain, new: Plain, place: Place) -> frozenset[str]:
        """Compare the types; return those that both sides have."""
        before, after = (
            plain.types | ({"integer"} if "number" in plain.types else set())
            for plain in (old, new)
        )
        if before != after:
            word = "widened" if before < after else "narrowed" if after < before else "changed"
            self._add(f"type-{word}", place, _type_label(old), _type_label(new))
            if ALL_TYPES in (old.types, new.types):
                return frozenset()  # all else that one side says is this same news over again
        return before & after

    def _values(self, old: frozenset[str] | None, new: frozenset[str] | None, place: Place) -> None:
        if old is None or new is None:
            word = "removed" if old is None else "added"
            if old is not new:
                self._add(f"enum-value-{word}", place, _listed(old), _listed(new))
            return
        for value in sorted(old ^ new):
            what, side = ("removed", "old") if value in old else ("added", "new")
            self._add(f"enum-value-{what}", place, **{side: json.loads(value)})

    def _word(self, word: str, old: Plain, new: Plain, place: Place) -> None:
        """Compare what both say by one word, or about one inner schema."""
        before, after = old.words.get(word), new.words.get(word)
        if word in LIMITS:  # one that merely differs counts as tightened
            bounds = old.bound(word), new.bound(word)
            if bounds[0] != bounds[1]:
                looser = None not in bounds and tighter(word, *bounds)
                tightened = bounds[1] is not None and not looser
                self._constraint(tightened, place + f" {word}", _shown(before), _shown(after))
        elif word[0] in "[.":  # a position of a list, a pattern of names
            self._raws(before, after, place + word)
        elif word[0] == " ":  # what allows less where it allows more
            if None in (before, after) or not self.alike(lambda: self._raws(before, after, place)):
                self._constraint(after is not None, place + word, None, None)
        elif before == after:
            return
        elif word == "format":
            verdicts = [("narrowed", after), ("widened", before)]  # the first that holds
            verdicts = verdicts if self._side == "request" else verdicts[::-1]
            what = next((word for word, name in verdicts if name in PARSED_FORMATS), "changed")
            self._add(f"format-{what}", place, before, after)
        elif word in ("default", "deprecated"):
            self._found.append(_change(f"{word}-changed", place, before, after))
        else:
            self._constraint(after is not None, place, before, after)

    # --- objects --------------------------------------------------------------------------------

    def _objects(self, old: Plain, new: Plain, place: Place) -> None:
        before, after = self._old.fields(old), self._new.fields(new)
        for name in sorted(before.keys() | after.keys()):
            field, needed = place + f".{name}", _needs(name, new)
            was, now = self._travelling(before.get(name)), self._travelling(after.get(name))
            if was and now:
                if _needs(name, old) != needed:
                    self._add(f"property-became-{'required' if needed else 'optional'}", field)
                self._schemas(was, now, field)
            elif was:
                self._add("property-removed", field, old=name)
            elif now:
                required = "required-" if needed and self._side == "request" else ""
                self._add(f"{required}property-added", field, new=name)
        rest = [plain.words.get("additionalProperties") for plain in (old, new)]
        closed = [raw is False for raw in rest]
        if closed == [False, False]:
            self._raws(rest[0], rest[1], place + ".*")
        elif closed != [True, True]:
            word = "forbidden" if closed[1] else "allowed"
            word = word if self._side == "request" else "changed"
            self._add(f"additional-properties-{word}", place, *(not one for one in closed))

    def _travelling(self, schema: Schema | None) -> Schema | None:
        """A field, if it goes in this direction."""
        hidden = "readOnly" if self._side == "request" else "writeOnly"
        return None if schema is None or hidden in schema.notes else schema


def _change(kind: str, place: Place, old: Any = None, new: Any = None) -> Change:
    operation, at, shared = place.operation, place.at, place.shared
    return Change(kind=kind, operation=operation, at=at, shared=shared, old=old, new=new)


def _access(schema: Schema | None) -> tuple[bool, bool] | None:
    return ("readOnly" in schema.notes, "writeOnly" in schema.notes) if schema else None


def _needs(name: str, plain: Plain) -> bool:
    return name in plain.words.get("required", ())


def _type_label(plain: Plain) -> str:
    return "any" if plain.types == ALL_TYPES else "|".join(sorted(plain.types)) or "nothing"


def _label(plain: Plain, reader: SchemaReader) -> str:
    """Name an alternative: its type, and its tag when it has one."""
    for name, values in reader.tags(plain).items():
        if len(values) == 1:
            return f"{_type_label(plain)}({name}={json.loads(min(values))})"
    required = sorted(plain.words.get("required", ()))
    if plain.types == {"object"} and required:
        return f"object({', '.join(required)})"
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
