"""Writes the JSON schemas of requests as Python types: TypedDicts, literals and their unions."""

from __future__ import annotations

import re
from itertools import chain
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, Final

from scripts.generator.naming import ClassName
from scripts.operations.facts import DescriptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from scripts.generator.walk import Json

SCALARS: Final = {
    "string": "str",
    "integer": "int",
    "number": "float | Decimal",
    "boolean": "bool",
}
TIMES: Final = {"date-time": "str | datetime.datetime", "date": "str | datetime.date"}
FREE_OBJECT: Final = "Mapping[str, Any]"
FILE: Final = "FileInput"
CATALOGUES: Final = frozenset({"model", "provider", "organisation"})
"""Fields that name an entry of the gateway's growing catalogue: an enum there is a snapshot."""

ACCEPTS: Final = "x-accepts"
"""Names the schemas of answers that an object of this schema may be as well."""

SHAPING: Final = frozenset(
    {
        "$ref",
        ACCEPTS,
        "additionalProperties",
        "allOf",
        "anyOf",
        "enum",
        "format",
        "items",
        "nullable",
        "oneOf",
        "properties",
        "required",
        "type",
    }
)
WITHOUT_EFFECT: Final = frozenset(
    {
        "default",
        "deprecated",
        "description",
        "discriminator",
        "example",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "maximum",
        "maxItems",
        "maxLength",
        "maxProperties",
        "minimum",
        "minItems",
        "minLength",
        "minProperties",
        "multipleOf",
        "pattern",
        "title",
        "uniqueItems",
    }
)
"""Keywords of JSON Schema that a Python type has no words for; the gateway checks them."""


class RequestTypes:
    """Collects the definitions that the written types refer to."""

    def __init__(self, document: Json, models: Collection[str] = ()) -> None:
        """Start with no definition; `models` are the schemas of `document` that have a class."""
        self._models = models
        self._components: dict[str, Json] = document.get("components", {}).get("schemas", {})
        self._writing: dict[str, bool] = {}  # what is under way, outermost first: is it a union?
        self.objects: dict[str, str] = {}
        self.aliases: dict[str, str] = {}
        """What may stand for an object: its JSON, or a generated model."""
        self.unions: dict[str, str] = {}
        """Each after those that it refers to: unlike annotations, they are evaluated at once."""

    def field(self, schema: Json, wire: str, parent: str, *, files: bool = False) -> str:
        """Write the type of the field `wire` of the object called `parent`."""
        name = parent + str(ClassName(wire, "Field"))
        catalogue = wire in CATALOGUES or wire.endswith("_id")
        return self._type(schema, name, files=files, catalogue=catalogue)

    def _type(
        self, schema: Json, name: str, *, files: bool = False, catalogue: bool = False
    ) -> str:
        members = self._members(schema, name, files=files, catalogue=catalogue)
        return " | ".join(dict.fromkeys(members))

    def _members(self, schema: Json, name: str, *, files: bool, catalogue: bool) -> list[str]:
        if unknown := sorted(set(schema) - SHAPING - WITHOUT_EFFECT):
            msg = f"{name}: no Python type can be written for the keyword {', '.join(unknown)}"
            raise DescriptionError(msg)
        options = self._options(schema, name, files=files, catalogue=catalogue)
        nullable = schema.get("nullable") or None in schema.get("enum", ())
        return [*options, "None"] if nullable else options

    def _options(self, schema: Json, name: str, *, files: bool, catalogue: bool) -> list[str]:
        """List the members of the union that the schema stands for; mostly it is one."""
        if "$ref" in schema:
            return [self._reference(schema["$ref"], catalogue=catalogue)]
        members = [*schema.get("oneOf", ()), *schema.get("anyOf", ()), *schema.get("allOf", ())]
        if members:
            return self._union(schema, members, name, files=files, catalogue=catalogue)
        if schema.get("type") == "object":
            return self._object(schema, name)
        if schema.get("type") == "array":
            inner = self._type(schema["items"], f"{name}Item", files=files, catalogue=catalogue)
            return [inner, f"Sequence[{inner}]"] if inner == FILE else [f"Sequence[{inner}]"]
        if "enum" in schema:
            return [_literal(schema, name, catalogue=catalogue)]
        return [_scalar(schema, name, files=files)]

    def _union(
        self, schema: Json, members: list[Json], name: str, *, files: bool, catalogue: bool
    ) -> list[str]:
        kinds = {"oneOf", "anyOf", "allOf"} & set(schema)
        rest = set(schema) - WITHOUT_EFFECT - kinds - {"nullable"}
        if len(kinds) > 1 or rest or ("allOf" in kinds and len(members) > 1):
            msg = f"{name}: {', '.join(sorted(kinds | rest))} together have no Python type"
            raise DescriptionError(msg)
        # The name of a component union belongs to its alias, so its objects are numbered as well.
        numbered = (
            sum("properties" in one for one in members) > 1 or f"{name}Param" in self._writing
        )
        named = [
            (f"{name}Option{number}" if numbered else name, member)
            for number, member in enumerate(members, start=1)
        ]
        written = [self._members(m, n, files=files, catalogue=catalogue) for n, m in named]
        return list(chain.from_iterable(written))

    def _reference(self, reference: str, *, catalogue: bool) -> str:
        key = reference.removeprefix("#/components/schemas/")
        if key not in self._components:
            msg = f"{reference} points at no component schema"
            raise DescriptionError(msg)
        schema, name = self._components[key], str(ClassName(key, "Schema"))
        catalogue = catalogue or name.endswith("Id")
        if "properties" in schema:
            return self._type(schema, name)
        if not {"oneOf", "anyOf", "enum"} & set(schema) or catalogue:
            return self._type(schema, name, catalogue=catalogue)
        return self._defined(f"{name}Param", lambda: self._type(schema, name), union=True)

    def _object(self, schema: Json, name: str) -> list[str]:
        extras = schema.get("additionalProperties", not schema.get("properties"))
        value = self._type(extras, f"{name}Value") if isinstance(extras, dict) else "Any"
        free = [] if extras is False else [f"Mapping[str, {value}]"]
        if not schema.get("properties"):
            return free or [FREE_OBJECT]
        models = [one for one in (name, *schema.get(ACCEPTS, ())) if one in self._models]
        json = f"{name}{'Dict' if models else 'Param'}"
        written = self._defined(json, lambda: self._fields(schema, name, json), union=False)
        if models:
            members = ", ".join([json, *free, *(f'"models.{one}"' for one in models)])
            alias = f"{name}Param"
            self.aliases[alias] = f"{alias}: TypeAlias = Union[{members}]\n"
            return [alias]
        return [written, *free]

    def _fields(self, schema: Json, name: str, alias: str) -> str:
        required = schema.get("required", ())
        fields = {
            wire: marked(self.field(field, wire, name), required=wire in required)
            for wire, field in schema["properties"].items()
        }
        return typed_dict(alias, fields)

    def _defined(self, alias: str, write: Callable[[], str], *, union: bool) -> str:
        """Define `alias` unless that is under way, and give it back."""
        if alias in self._writing:
            if union and next(reversed(self._writing.values())):
                msg = f"{alias} contains itself without an object between; that has no Python type"
                raise DescriptionError(msg)
            return alias
        self._writing[alias] = union
        text = f"{alias}: TypeAlias = {write()}\n" if union else write()
        del self._writing[alias]
        if (self.unions | self.objects).get(alias, text) != text:
            msg = f"two shapes would both be called {alias}; move one of them into components"
            raise DescriptionError(msg)
        (self.unions if union else self.objects)[alias] = text
        return alias


def typed_dict(name: str, fields: dict[str, str], base: str = "TypedDict") -> str:
    """Write a TypedDict, in the functional form when a key cannot stand in a class."""
    if all(re.fullmatch(r"(?!__)[^\W\d]\w*", key) and not iskeyword(key) for key in fields):
        lines = "".join(f"    {key}: {text}\n" for key, text in fields.items())
        return f"class {name}({base}, total=False):\n{lines}"
    entries = "".join(f"    {key!r}: {text!r},\n" for key, text in fields.items())
    return f"{name} = TypedDict({name!r}, {{\n{entries}}}, total=False)\n"


def marked(text: str, *, required: bool) -> str:
    """Mark the type of a field that may not be left out."""
    return f"Required[{text}]" if required else text


def _literal(schema: Json, name: str, *, catalogue: bool) -> str:
    values: list[Any] = [value for value in schema["enum"] if value is not None]
    if not values or not all(isinstance(value, str | int) for value in values):
        msg = f"{name}: an enum of {schema['enum']} cannot be written as a Literal"
        raise DescriptionError(msg)
    if catalogue:
        return SCALARS[schema["type"]]
    return f"Literal[{', '.join(map(repr, values))}]"


def _scalar(schema: Json, name: str, *, files: bool) -> str:
    if not set(schema) - WITHOUT_EFFECT - {"nullable"}:
        return "Any"
    if str(schema.get("type")) not in SCALARS:
        msg = f"{name}: no Python type for {schema}"
        raise DescriptionError(msg)
    if schema.get("format") != "binary":
        return TIMES.get(schema.get("format", ""), SCALARS[schema["type"]])
    if not files:
        msg = f"{name}: file content can only be a field of a multipart body"
        raise DescriptionError(msg)
    return FILE
