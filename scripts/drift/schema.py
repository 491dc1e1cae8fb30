"""Read a schema as what it allows, so that two ways to write the same thing compare equal.

References are resolved (cycles included), `allOf` is merged, and unions become a flat list of
alternatives.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from scripts.drift.allowed import Plain, Schema, own
from scripts.drift.limits import tightest
from scripts.spec.facts import resolve
from scripts.spec.grammar import Node, SpecError

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_ALTERNATIVES: Final = 256
FALSE: Final[Node] = {"not": {}}  # the schema that nothing fits


class SchemaReader:
    """Reads the schemas of one document; each is read once, so identity means sameness."""

    def __init__(self, document: Node) -> None:
        """Start with nothing read."""
        self._document = document
        self._read: dict[int, tuple[Any, Schema]] = {}
        self._open: set[int] = set()
        self._none: Final[Node] = {}
        self._joins: dict[tuple[int, int], Node] = {}

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

    def read_components(self) -> None:
        """Read every named schema, so that one that describes nothing is refused at once."""
        for raw in self._document.get("components", {}).get("schemas", {}).values():
            self.read(raw)

    def _compose(self, raw: Node) -> Schema:
        if "$ref" in raw:
            return self._referred(raw)
        if raw == FALSE:
            return Schema(alternatives=(Plain(types=frozenset()),))
        parts = [own(raw)]
        parts += [self.read(part) for part in raw.get("allOf", ())]
        parts += [
            self._union(raw[word], exclusive=word == "oneOf")
            for word in ("oneOf", "anyOf")
            if raw.get(word)
        ]
        merged = parts[0]
        for part in parts[1:]:
            merged = self._both(merged, part)
        return _finished(raw, merged)

    def _referred(self, raw: Node) -> Schema:
        reference = raw["$ref"]
        target = self.read(resolve(self._document, reference))
        beside = {key: value for key, value in raw.items() if key != "$ref"}
        named = evolve(target, name=target.name or reference.rpartition("/")[2])
        return self._both(named, self.read(beside)) if beside else named

    def _union(self, branches: Iterable[Any], *, exclusive: bool) -> Schema:
        """Flatten a union; a branch for null alone only makes the whole nullable."""
        read = [self.read(branch) for branch in branches]
        if len(read) == 1:
            return read[0]
        null = any(branch.null for branch in read)
        plains = _possible([plain for branch in read for plain in branch.alternatives])
        return Schema(
            alternatives=_joined(plains),
            null=null,
            exclusive=exclusive and len(plains) > 1,
        )

    def tags(self, plain: Plain) -> dict[str, frozenset[str]]:
        """The required properties of an alternative that have listed values, with the values."""
        read = {name: self.read(raw) for name, raw in plain.properties.items()}
        return {
            name: schema.alternatives[0].enum
            for name, schema in sorted(read.items())
            if name in plain.required and schema.alternatives[0].enum is not None
        }

    def may_overlap(self, schema: Schema) -> bool:
        """Whether a value could fit two alternatives: else oneOf and anyOf are all the same."""
        return any(self._overlap(*pair) for pair in combinations(schema.alternatives, 2))

    def _overlap(self, one: Plain, two: Plain) -> bool:
        if not _common_types(one.types, two.types) or _disjoint(one.enum, two.enum):
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
        return Schema(
            alternatives=_joined(possible),
            null=one.null and two.null,
            exclusive=one.exclusive or two.exclusive,
            discriminator=one.discriminator or two.discriminator,
            read_only=one.read_only or two.read_only,
            write_only=one.write_only or two.write_only,
            name=one.name or two.name,
        )

    def _merged(self, p: Plain, q: Plain) -> Plain:
        shared = p.properties.keys() & q.properties.keys()
        values = [enum for enum in (p.enum, q.enum) if enum is not None]
        joined = {name: self._join(p.properties[name], q.properties[name]) for name in shared}
        return Plain(
            types=_common_types(p.types, q.types),
            enum=frozenset.intersection(*values) if values else None,
            format=_either(p.format, q.format),
            limits=tightest(p.limits, q.limits),
            properties={**p.properties, **q.properties, **joined},
            required=p.required | q.required,
            additional=self._join(p.additional, q.additional),
            items=self._join(p.items, q.items),
            default=_either(p.default, q.default),
            deprecated=p.deprecated or q.deprecated,
            others="".join(sorted((p.others, q.others))),
        )

    def _join(self, one: Any, two: Any) -> Any:
        """Write "both of these" as a schema; the same two always give the same one."""
        if one is True or one == {}:
            return two
        if two is True or two == {} or one is two:
            return one
        if one is False or two is False:
            return False
        return self._joins.setdefault((id(one), id(two)), {"allOf": [one, two]})


def _possible(plains: list[Plain]) -> list[Plain]:
    return [plain for plain in plains if plain.types] or plains[:1]


def _disjoint(one: frozenset[str] | None, two: frozenset[str] | None) -> bool:
    return one is not None and two is not None and not one & two


def _common_types(one: frozenset[str], two: frozenset[str]) -> frozenset[str]:
    numbers = {"integer", "number"}
    if one & two or not (one & numbers and two & numbers):
        return one & two
    return frozenset({"integer"})


def _joined(plains: list[Plain]) -> tuple[Plain, ...]:
    """Merge alternatives that are bare lists of values of one type."""
    kept: list[Plain] = []
    for plain in plains:
        like = (i for i, seen in enumerate(kept) if seen.only_values and seen.types == plain.types)
        place = next(like, None) if plain.only_values else None
        if place is None:
            kept.append(plain)
        else:
            values = (kept[place].enum or frozenset()) | (plain.enum or frozenset())
            kept[place] = evolve(kept[place], enum=values)
    return tuple(kept)


def _finished(raw: Node, merged: Schema) -> Schema:
    """Add what a schema says as a whole."""
    named = raw.get("discriminator") or {}
    words = sorted([named.get("propertyName", ""), *named.get("mapping", {})]) if named else []
    # `nullable` beside a reference in an allOf is the usual way to say "that, or null".
    composed = any(raw.get(word) for word in ("allOf", "oneOf", "anyOf"))
    return evolve(
        merged,
        null=merged.null or (composed and raw.get("nullable") is True),
        discriminator=" ".join(words) or merged.discriminator,
        read_only=merged.read_only or raw.get("readOnly") is True,
        write_only=merged.write_only or raw.get("writeOnly") is True,
    )


def _either(one: str, two: str) -> str:
    """The one that is said; of two, always the same, whatever their order."""
    return min(one or two, two or one)
