"""What one schema object says by itself: its keywords, with everything assumed made explicit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, field, frozen

from scripts.drift.limits import Limits, read_limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scripts.spec.grammar import Node

ALL_TYPES: Final = frozenset({"array", "boolean", "integer", "number", "object", "string"})
_OBJECT_WORDS: Final = frozenset(
    {"properties", "required", "additionalProperties", "minProperties", "maxProperties"}
)
_ARRAY_WORDS: Final = frozenset({"items", "prefixItems", "minItems", "maxItems", "uniqueItems"})
_OTHER_WORDS: Final = (
    "patternProperties", "propertyNames", "prefixItems", "not", "if", "then", "else", "contains",
    "minContains", "maxContains", "dependentRequired", "dependentSchemas", "unevaluatedItems",
    "unevaluatedProperties", "contentEncoding", "contentMediaType",
)  # fmt: skip


@frozen(kw_only=True, eq=False)
class Plain:
    """One alternative of a schema: a conjunction without unions or references."""

    types: frozenset[str] = ALL_TYPES
    enum: frozenset[str] | None = None  # the values as JSON texts
    format: str = ""
    limits: Limits = field(factory=Limits)
    properties: Mapping[str, Any] = field(factory=dict)
    required: frozenset[str] = frozenset()
    additional: Any = True
    items: Any = True
    default: str = ""
    deprecated: bool = False
    others: str = ""  # rarer keywords, compared as they stand

    @property
    def only_values(self) -> bool:
        """Whether this is a bare list of values, which merges with its like."""
        return self.enum is not None and not self.limits and not self.format and not self.others


@frozen(kw_only=True, eq=False)
class Schema:
    """What a schema allows: one of the alternatives, or null."""

    alternatives: tuple[Plain, ...]
    null: bool = False
    exclusive: bool = False  # oneOf: a value that fits two alternatives fits the whole no more
    discriminator: str = ""
    read_only: bool = False
    write_only: bool = False
    name: str = ""  # the component it was written as

    @property
    def anything(self) -> bool:
        """Whether nothing is said about the type."""
        return any(plain.types == ALL_TYPES for plain in self.alternatives)


def own(raw: Node) -> Schema:
    """Read the keywords that stand in a schema itself."""
    written = raw.get("type")
    types = frozenset(written if isinstance(written, list) else [written] if written else [])
    values = _values(raw)
    null = raw.get("nullable") is True or "null" in types
    if not types:
        types = _implied(raw, values)
        # Without a type everything is allowed, and null is a part of everything.
        null = null or (types == ALL_TYPES) or (values is not None and "null" in values)
    if values is not None:
        values -= {"null"}
    types -= {"null"}
    common = Plain(
        types=types,
        enum=values,
        format=str(raw.get("format", "")),
        limits=read_limits(raw),
        properties=raw.get("properties", {}),
        required=frozenset(raw.get("required", ())),
        additional=raw.get("additionalProperties", True),
        items=raw.get("items", True),
        default=_json(raw["default"]) if "default" in raw else "",
        deprecated=raw.get("deprecated") is True,
        others=_json({word: raw[word] for word in _OTHER_WORDS if word in raw}, empty=""),
    )
    split = (
        types
        if 1 < len(types) < len(ALL_TYPES) and types != frozenset({"integer", "number"})
        else ()
    )
    plains = tuple(evolve(common, types=frozenset({one})) for one in sorted(split)) or (common,)
    return Schema(alternatives=plains, null=null)


def _values(raw: Node) -> frozenset[str] | None:
    listed = [raw["const"]] if "const" in raw else raw.get("enum")
    return None if listed is None else frozenset(map(_json, listed))


def _implied(raw: Node, values: frozenset[str] | None) -> frozenset[str]:
    """The type that the other keywords only make sense with."""
    if values is not None:
        return frozenset(_type_of(json.loads(value)) for value in values) - {"null"}
    if _OBJECT_WORDS & raw.keys():
        return frozenset({"object"})
    return frozenset({"array"}) if _ARRAY_WORDS & raw.keys() else ALL_TYPES


def _type_of(value: Any) -> str:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}
    return "null" if value is None else kinds.get(type(value), "object")


def _json(value: Any, empty: str | None = None) -> str:
    if empty is not None and not value:
        return empty
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
