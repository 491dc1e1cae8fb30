"""Read a schema as what it allows, so that two ways to write the same thing compare equal.

References are resolved (cycles included), `allOf` is merged, and unions become a flat list of
alternatives. The schemas are in the words of OpenAPI 3.0 wherever it has them (`spec/dialect.py`).
"""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, field, frozen

from scripts.spec.dialect import EXCLUSIVE
from scripts.spec.facts import resolve
from scripts.spec.grammar import Node, SpecError, discriminated, mapped, references

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_ALTERNATIVES: Final = 256
ALL_TYPES: Final = frozenset({"array", "boolean", "integer", "number", "object", "string"})
FALSE: Final[Node] = {"not": {}}  # the schema that nothing fits
ANYTHING: Final[tuple[Any, ...]] = (True, {}, None)  # the schemas that everything fits

# Each limit with the value that says nothing, and which way it tightens (0: any change does).
LIMITS: Final[dict[str, tuple[Any, int]]] = {
    "minLength": (0, 1), "minItems": (0, 1), "minProperties": (0, 1), "minimum": (None, 1),
    "maxLength": (None, -1), "maxItems": (None, -1), "maxProperties": (None, -1),
    "maximum": (None, -1), "pattern": (None, 0), "multipleOf": (None, 0), "uniqueItems": (False, 0),
}  # fmt: skip
FIELDS: Final = ("properties", "required", "additionalProperties")
IMPLIED: Final = {
    "object": {*FIELDS, "minProperties", "maxProperties"},
    "array": {"items", "prefixItems", "minItems", "maxItems", "uniqueItems"},
}
# Words that are compared as they stand, and schemas of which a change restricts anew.
TEXTS: Final = ("minContains", "maxContains", "dependentRequired", "contentEncoding",
                "contentMediaType")  # fmt: skip
INNER: Final = ("not", "if", "then", "else", "contains", "propertyNames", "unevaluatedItems",
                "unevaluatedProperties")  # fmt: skip


@frozen(eq=False)
class Plain:
    """One alternative of a schema: a conjunction without unions or references, word by word."""

    types: frozenset[str] = ALL_TYPES
    enum: frozenset[str] | None = None  # the values as JSON texts
    words: Mapping[str, Any] = field(factory=dict)  # only those that say anything

    @property
    def anything(self) -> bool:
        """Whether every value fits."""
        said = self.words.keys() - {"default", "deprecated"}
        return self.types == ALL_TYPES and self.enum is None and not said

    @property
    def values(self) -> frozenset[str]:
        """The values of a bare list, which merges with its like; of anything else none."""
        bare = not self.words.keys() - {"default", "deprecated"}
        return self.enum if bare and self.enum else frozenset()

    def bound(self, word: str) -> Any:
        """A limit in a form in which equal ones are equal: whole numbers have whole bounds."""
        limit = self.words.get(word)
        if not isinstance(limit, tuple) or self.types != {"integer"}:
            return limit
        sign = LIMITS[word][1]
        whole = sign * -(-sign * limit[0] // 1)
        return (whole + sign if limit[1] and whole == limit[0] else whole, False)


@frozen(eq=False)
class Schema:
    """What a schema allows: one of the alternatives, or null."""

    alternatives: tuple[Plain, ...]
    null: bool = False
    # What else it says of itself: `exclusive` (oneOf: a value that fits two alternatives fits no
    # more), `discriminator`, `mapping` (where its values lead), `readOnly`, `writeOnly`, and the
    # `name` of the component that it was written as.
    notes: Mapping[str, Any] = field(factory=dict)
    reference: str = ""  # where it was written as nothing but that

    @property
    def anything(self) -> bool:
        """Whether nothing is said about the type."""
        return any(plain.types == ALL_TYPES for plain in self.alternatives)


def unchanged(old: Node, new: Node) -> frozenset[str]:
    """List what refers to schemas that are the same in both, with all that they lead to."""
    before, after = (side.get("components", {}).get("schemas", {}) for side in (old, new))
    children = discriminated(before), discriminated(after)
    leads: dict[str, set[str]] = {}
    for name in before.keys() & after.keys():
        place = f"#/components/schemas/{name}"
        inner = [found.get(place, []) for found in children]
        if before[name] == after[name] and inner[0] == inner[1]:
            leads[place] = {*references(before[name], "schema"), *inner[0]}
    while unsure := [place for place, to in leads.items() if not to <= leads.keys()]:
        for place in unsure:
            del leads[place]
    return frozenset(leads)


class SchemaReader:
    """Reads the schemas of one document; each is read once, so identity means sameness."""

    def __init__(self, document: Node) -> None:
        """Read every named schema, so that one that describes nothing is refused at once."""
        self._document = document
        self._read: dict[int, tuple[Any, Schema]] = {}
        self._open: set[int] = set()
        self._none: Final[Node] = {}
        self._joins: dict[tuple[int, int], Node] = {}
        named = document.get("components", {}).get("schemas", {})
        self._children = {
            id(resolve(document, parent)): {child.rpartition("/")[2]: child for child in children}
            for parent, children in discriminated(named).items()
        }
        for raw in named.values():
            self.read(raw)

    def read(self, raw: Any) -> Schema:
        """Read a schema, or a truth value in the place of one."""
        raw = self._none if raw is True or raw is None else FALSE if raw is False else raw
        key = id(raw)
        if key not in self._read:
            if key in self._open:
                raise SpecError("a schema is made of itself (a loop of $ref, allOf or oneOf)")
            self._open.add(key)
            try:
                self._read[key] = (raw, self._compose(raw))
            finally:
                self._open.discard(key)
        return self._read[key][1]

    def _compose(self, raw: Node) -> Schema:
        if "$ref" in raw:
            target = self.read(resolve(self._document, raw["$ref"]))
            name = {"name": raw["$ref"].rpartition("/")[2]}
            return evolve(target, notes={**name, **target.notes}, reference=raw["$ref"])
        if raw == FALSE:
            return Schema((Plain(frozenset()),))
        merged = _own(raw)
        for part in raw.get("allOf", ()):
            merged = self._both(merged, self.read(part))
        for word in ("oneOf", "anyOf"):
            if raw.get(word):
                merged = self._both(merged, self._union(raw[word], word == "oneOf"))
        return self._finished(raw, merged)

    def _union(self, branches: list[Any], exclusive: bool) -> Schema:
        """Flatten a union; a branch for null alone only makes the whole nullable."""
        read = [
            self.read(branch)
            for i, branch in enumerate(branches)
            if exclusive or branch not in branches[:i]
        ]
        if len(read) == 1:
            return read[0]
        plains = _possible([plain for branch in read for plain in branch.alternatives])
        if not exclusive and any(plain.anything for plain in plains):
            plains = [Plain()]
        notes = {"exclusive": True} if exclusive and len(plains) > 1 else {}
        return Schema(_joined(plains), any(branch.null for branch in read), notes)

    def _finished(self, raw: Node, merged: Schema) -> Schema:
        """Add what a schema says as a whole."""
        own = raw.get("discriminator") or {}
        leads = self._children.get(id(raw), {}) | mapped(own) if own else {}
        notes = {
            "discriminator": " ".join(sorted([own.get("propertyName", ""), *leads])) if own else "",
            "mapping": {value: {"$ref": leads[value]} for value in sorted(leads)},
            "readOnly": raw.get("readOnly") is True,
            "writeOnly": raw.get("writeOnly") is True,
        }
        # `nullable` beside a reference in an allOf is the usual way to say "that, or null".
        composed = any(raw.get(word) for word in ("allOf", "oneOf", "anyOf"))
        null = merged.null or (composed and raw.get("nullable") is True)
        said = {word: note for word, note in notes.items() if note}
        return Schema(merged.alternatives, null, {**merged.notes, **said})

    def fields(self, plain: Plain) -> dict[str, Schema]:
        """The properties, with those that are required but not described."""
        named = plain.words.get("properties", {})
        raws = dict.fromkeys(sorted(plain.words.get("required", ())), True) | named
        return {name: self.read(raws[name]) for name in sorted(raws)}

    def tags(self, plain: Plain) -> dict[str, frozenset[str]]:
        """The required properties of an alternative that have listed values, with the values."""
        found = {name: schema.alternatives[0].enum for name, schema in self.fields(plain).items()}
        required = plain.words.get("required", ())
        return {name: enum for name, enum in found.items() if name in required and enum is not None}

    def may_overlap(self, schema: Schema) -> bool:
        """Whether a value could fit two alternatives: else oneOf and anyOf are all the same."""
        return any(self._overlap(*pair) for pair in combinations(schema.alternatives, 2))

    def _overlap(self, one: Plain, two: Plain) -> bool:
        if not common_types(one.types, two.types) or _disjoint(one.enum, two.enum):
            return False
        tags, others = self.tags(one), self.tags(two)
        return not any(_disjoint(tags[name], others[name]) for name in tags.keys() & others.keys())

    # --- what fits two schemas at once ----------------------------------------------------------

    def _both(self, one: Schema, two: Schema) -> Schema:
        """What fits both schemas: every pairing of their alternatives that is possible."""
        pairs = [self._merged(p, q) for p in one.alternatives for q in two.alternatives]
        possible = _possible(pairs)
        if len(possible) > MAX_ALTERNATIVES:
            raise SpecError(f"a schema has more than {MAX_ALTERNATIVES} alternatives")
        return Schema(_joined(possible), one.null and two.null, {**two.notes, **one.notes})

    def _merged(self, p: Plain, q: Plain) -> Plain:
        lists = [plain.enum for plain in (p, q) if plain.enum is not None]
        return Plain(
            common_types(p.types, q.types),
            frozenset.intersection(*lists) if lists else None,
            self._met(p.words, q.words),
        )

    def _met(self, one: Mapping[str, Any], two: Mapping[str, Any]) -> dict[str, Any]:
        shared = one.keys() & two.keys()
        return {**one, **two, **{word: self._meet(word, one[word], two[word]) for word in shared}}

    def _meet(self, word: str, one: Any, two: Any) -> Any:
        """What holds when a word is said twice, in either order."""
        if word == "properties":
            return {name: self._joined(one.get(name), two.get(name)) for name in {**one, **two}}
        if word == "required":
            return one | two
        if word in LIMITS and LIMITS[word][1]:
            return one if tighter(word, one, two) else two
        if word in ("pattern", "multipleOf") and one != two:
            return sorted([str(one), str(two)])
        if isinstance(one, str) or one is two:
            return min(one, two) if isinstance(one, str) else one
        return self._joined(one, two)

    def _joined(self, one: Any, two: Any) -> Any:
        """Write "both of these" as a schema; the same two always give the same one."""
        if one in ANYTHING or two in ANYTHING or one is two:
            return two if one in ANYTHING else one
        if one is False or two is False:
            return False
        return self._joins.setdefault((id(one), id(two)), {"allOf": [one, two]})


def _own(raw: Node) -> Schema:
    """Read the keywords that stand in a schema itself."""
    values = None if "enum" not in raw else frozenset(map(as_json, raw["enum"]))
    types = frozenset([raw["type"]]) if "type" in raw else _implied(raw, values)
    # Without a type everything is allowed, and null is a part of everything.
    null = raw.get("nullable") is True or types == ALL_TYPES
    if "type" not in raw and values is not None:
        null = null or "null" in values
    if not types:
        return Schema((Plain(types),), null)
    enum = None if values is None else values - {"null"}
    return Schema((Plain(types, enum, _words(raw)),), null)


def _implied(raw: Node, values: frozenset[str] | None) -> frozenset[str]:
    """The type that the other keywords only make sense with."""
    if values is not None:
        return frozenset(_type_of(json.loads(value)) for value in values) - {"null"}
    found = (kind for kind, words in IMPLIED.items() if words & raw.keys())
    return frozenset([kind]) if (kind := next(found, "")) else ALL_TYPES


def _type_of(value: Any) -> str:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}
    return "null" if value is None else kinds.get(type(value), "object")


def _words(raw: Node) -> dict[str, Any]:
    """What a schema says besides its type, by word or, for inner schemas, by place."""
    found = {w: raw[w] for w, (nothing, _) in LIMITS.items() if raw.get(w, nothing) != nothing}
    if found.get("multipleOf") == 1 and raw.get("type") == "integer":
        del found["multipleOf"]
    for strict, word in EXCLUSIVE.items():
        if word in found:
            found[word] = (found[word], raw.get(strict) is True)
    found |= {word: as_json(raw[word]) for word in ("default", *TEXTS) if word in raw}
    found |= {"deprecated": True} if raw.get("deprecated") is True else {}
    found |= {"format": str(raw["format"])} if raw.get("format") else {}
    found |= {"required": frozenset(raw["required"])} if raw.get("required") else {}
    found |= {"properties": raw["properties"]} if raw.get("properties") else {}
    inner = {word: raw.get(word) for word in ("additionalProperties", "items")}
    inner |= {f" {word}": raw[word] for word in INNER if raw.get(word) not in (None, FALSE)}
    inner |= {f"[{i}]": part for i, part in enumerate(raw.get("prefixItems", ()))}
    inner |= {f" if {name}": part for name, part in raw.get("dependentSchemas", {}).items()}
    inner |= {f"./{name}/": part for name, part in raw.get("patternProperties", {}).items()}
    return found | {
        w: part for w, part in inner.items() if part not in ANYTHING or w == " contains"
    }


def tighter(word: str, one: Any, two: Any) -> bool:
    """Whether the first of two different values of a limit allows less."""
    sign = LIMITS[word][1]
    if isinstance(one, tuple):  # of two equal bounds the exclusive one is tighter
        return bool((sign * one[0], one[1]) > (sign * two[0], two[1]))
    return bool(sign and sign * one > sign * two)


def common_types(one: frozenset[str], two: frozenset[str]) -> frozenset[str]:
    """The types that both allow; whole numbers are numbers."""
    numbers = {"integer", "number"}
    whole = frozenset({"integer"}) if one & numbers and two & numbers else frozenset()
    return one & two or whole


def _possible(plains: list[Plain]) -> list[Plain]:
    return [plain for plain in plains if plain.types] or plains[:1]


def _disjoint(one: frozenset[str] | None, two: frozenset[str] | None) -> bool:
    return one is not None and two is not None and not one & two


def _joined(plains: list[Plain]) -> tuple[Plain, ...]:
    """Merge alternatives that are bare lists of values of one type."""
    kept: list[Plain] = []
    for plain in plains:
        like = (i for i, seen in enumerate(kept) if seen.values and seen.types == plain.types)
        place = next(like, None) if plain.values else None
        if place is None:
            kept.append(plain)
        else:
            kept[place] = evolve(kept[place], enum=kept[place].values | plain.values)
    return tuple(kept)


def as_json(value: Any) -> str:
    """Write a value so that equal ones are equal: 1.0 is 1."""
    whole = isinstance(value, float) and value.is_integer()
    return json.dumps(int(value) if whole else value, sort_keys=True, ensure_ascii=False)
