"""Says in few words of OpenAPI 3.0 what a description says in many, or in those of 3.1.

The steps after this one read no more than a Python type can say: `nullable`, `enum`, `format`,
and one type per schema.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from scripts.generator.walk import Json, schemas

if TYPE_CHECKING:
    from collections.abc import Callable

NULLS: Final = ({"nullable": True}, {"enum": [None], "nullable": True})  # inner schemas come first
UNIONS: Final = ("oneOf", "anyOf")
# What narrows values further than a Python type can; the gateway checks it.
CHECKS: Final = (
    *("contains", "minContains", "maxContains", "dependentRequired", "dependentSchemas", "not"),
    *("if", "then", "else", "propertyNames", "unevaluatedItems"),
    *("unevaluatedProperties", "exclusiveMinimum", "exclusiveMaximum", "prefixItems"),
)


def older_words(document: Json) -> Json:
    """Return a copy of `document` in the words of 3.0; one in those words stays as it is."""
    plain = copy.deepcopy(document)
    plain.setdefault("components", {}).setdefault("schemas", {})
    for place in schemas(plain):
        for say in STEPS:
            say(place.node)
    plain["openapi"] = "3.0.3"
    return plain


def _booleans(schema: Json) -> None:
    """`true` is the schema that allows anything; nothing is described by `false`."""
    for keyword in ("items", "not"):
        if isinstance(schema.get(keyword), bool):
            schema[keyword] = {}
    for keyword in (*UNIONS, "allOf"):
        if keyword in schema:
            schema[keyword] = [{} if one is True else one for one in schema[keyword]]
    for name, field in list(schema.get("properties", {}).items()):
        if field is True:
            schema["properties"][name] = {}
        elif field is False:
            del schema["properties"][name]


def _types(schema: Json) -> None:
    """A list of types is one type that may be null, or a union."""
    types = schema.get("type")
    if types == "null":
        types = [types]
    if not isinstance(types, list):
        return
    others = [one for one in types if one != "null"]
    if len(others) < len(types):
        schema["nullable"] = True
    if len(others) == 1:
        schema["type"] = others[0]
    else:
        del schema["type"]
        if others:
            schema["anyOf"] = [{"type": one} for one in others]


def _null_members(schema: Json) -> None:
    """A union with null is nullable."""
    for keyword in UNIONS:
        members = schema.get(keyword, [])
        others = [one for one in members if one not in NULLS]
        if len(others) < len(members):
            schema[keyword] = others
            schema["nullable"] = True


def _demands(schema: Json) -> None:
    """A union that only says which fields go together has no Python type."""
    for keyword in (*UNIONS, "allOf"):
        members = schema.get(keyword)
        if (
            members
            and "properties" in schema
            and all({*m} <= {"required", "type"} for m in members)
        ):
            del schema[keyword]


def _single_members(schema: Json) -> None:
    """A union of one, with nothing beside it but null, is that one; one of none says nothing."""
    for keyword in (*UNIONS, "allOf"):
        members = schema.get(keyword)
        if members is None or len(members) > 1 or members == []:
            if members == []:
                del schema[keyword]
            continue
        beside = set(schema) - {keyword, "nullable"}
        if not beside and "$ref" not in members[0]:
            del schema[keyword]
            schema.update(members[0])


def _constants(schema: Json) -> None:
    """A constant is an enum of one."""
    if "const" in schema:
        value: Any = schema.pop("const")
        schema["enum"] = [value]
        if "type" not in schema and isinstance(value, str):
            schema["type"] = "string"


def _contents(schema: Json) -> None:
    """Encoded or typed content is a format."""
    encoding, media = schema.pop("contentEncoding", None), schema.pop("contentMediaType", None)
    if "format" not in schema and schema.get("type") == "string":
        if encoding is not None:
            schema["format"] = "byte"
        elif media is not None:
            schema["format"] = "binary"


def _nullable_enums(schema: Json) -> None:
    """Null among the values of an enum is said beside them, too."""
    if None in schema.get("enum", ()):
        schema["nullable"] = True


def _items(schema: Json) -> None:
    """A list of anything says so."""
    if schema.get("type") == "array":
        schema.setdefault("items", {})


def _checks(schema: Json) -> None:
    for keyword in CHECKS:
        schema.pop(keyword, None)


STEPS: Final[tuple[Callable[[Json], None], ...]] = (
    *(
        _booleans,
        _types,
        _demands,
        _null_members,
        _single_members,
        _constants,
        _contents,
        _nullable_enums,
    ),
    *(_items, _checks),
)
