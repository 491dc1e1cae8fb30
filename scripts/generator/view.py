"""Shapes the description into what the generator can express, losing no operation and no field.

`openapi.yaml` says what the gateway does; the generator misreads some of it and drops some of it
without a word. Each step here takes one such thing out of its sight, says why, and counts.
"""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from scripts.generator.naming import ClassName
from scripts.generator.walk import Json, resolve, schemas
from scripts.spec.grammar import operations

if TYPE_CHECKING:
    from collections.abc import Callable

JSON_TYPE: Final = "application/json"
BINARY_TYPE: Final = "application/octet-stream"
BINARY: Final = {"type": "string", "format": "binary"}
UNIONS: Final = ("oneOf", "anyOf")
ABSENT: Final = "x-absent"
TIMES: Final = ("date", "date-time")


class ViewError(ValueError):
    """The description cannot be shown to the generator without losing something."""


@frozen
class Step:
    """One change to the description, why the generator needs it, and how it is made."""

    name: str
    reason: str
    apply: Callable[[Json], int]


def generator_view(document: Json) -> tuple[Json, dict[str, int]]:
    """Return the generator's copy of `document`, and how often each step found work."""
    view = copy.deepcopy(document)
    return view, {step.name: step.apply(view) for step in STEPS}


def one_success_reply(view: Json) -> int:
    """Leave each operation one reply, `2XX`, of one media type; return how many replies went."""
    dropped = 0
    for method, path, operation in operations(view):
        place = f"{method.upper()} {path}"
        replies = {str(code): resolve(view, one) for code, one in operation["responses"].items()}
        wanted = [one for code, one in replies.items() if code.startswith("2")]
        if not wanted:
            message = f"{place} has no success reply; the generator would return None for it"
            raise ViewError(message)
        if len(resolve(view, operation.get("requestBody", {})).get("content", {})) > 1:
            message = f"{place} takes bodies of several media types; keep the one that we send"
            raise ViewError(message)
        content = _one_content([one.get("content", {}) for one in wanted], place)
        operation["responses"] = {"2XX": {"description": "Success", "content": content}}
        dropped += sum(len(one.get("content", {})) or 1 for one in replies.values()) - 1
    return dropped


def _one_content(contents: list[Json], place: str) -> Json:
    found: dict[str, list[Any]] = {}
    for content in contents:
        for media_type, media in content.items():
            found.setdefault(media_type, []).append(media.get("schema", {}))
    if not found:
        return {}
    if JSON_TYPE in found:
        shapes = found[JSON_TYPE]
        if any(shape != shapes[0] for shape in shapes):
            message = f"{place}: its success replies differ in shape; a call has one result type"
            raise ViewError(message)
        return {JSON_TYPE: {"schema": shapes[0]}}
    if all(media_type.startswith("text/") for media_type in found):
        return {"text/plain": {"schema": {"type": "string"}}}
    return {BINARY_TYPE: {"schema": dict(BINARY)}}


def mark_absent_values(view: Json) -> int:
    """Mark the fields with a value to read where they are absent; the templates find the marks."""
    count = 0
    for place in schemas(view):
        fields = place.node.get("properties", {}).items()
        marks = [f"{name}={json.dumps(field[ABSENT])}" for name, field in fields if ABSENT in field]
        if marks:
            place.node["description"] = " ".join(marks)
            count += len(marks)
    return count


def mark_vectors(view: Json) -> int:
    """Let a vector that is a list or the base64 of one be a list; the templates find the mark."""
    count = 0
    for place in schemas(view):
        lists = [one for one in place.node.get("oneOf", ()) if one.get("type") == "array"]
        if len(lists) == 1 and {"type": "string", "format": "byte"} in place.node["oneOf"]:
            place.replace(lists[0] | {"description": "base64"})
            count += 1
    return count


def drop_defaults(view: Json) -> int:
    """Delete every `default`."""
    return sum(place.node.pop("default", view) is not view for place in schemas(view))


def name_what_may_be_null(view: Json) -> int:
    """Make each nullable object or enum a named schema, and say `nullable` where it is used."""
    named, count = view["components"]["schemas"], 0
    for place in schemas(view):
        if _is_nullable_class(place.node) and place.pointer[:2] == ("components", "schemas"):
            count += 1
            if len(place.pointer) > 3:
                name = _name_of(place.pointer)
                if name in named:
                    message = f"{place.where} needs the name {name}, which another schema has"
                    raise ViewError(message)
                named[name] = place.node
                place.replace(_reference_to(name))
    refers: set[str] = set()
    for name, schema in named.items():
        if _is_nullable_class(schema):
            del schema["nullable"]
            if "enum" in schema:
                schema["enum"] = [value for value in schema["enum"] if value is not None]
            refers.add(f"#/components/schemas/{name}")
    for place in schemas(view):
        if place.node.get("$ref") in refers:
            place.replace({"nullable": True, "oneOf": [place.node]})
    return count


def _is_nullable_class(schema: Json) -> bool:
    return bool(schema.get("nullable")) and ("properties" in schema or "enum" in schema)


def _reference_to(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _name_of(pointer: tuple[str, ...]) -> str:
    """Name an inline schema as the generator would: after its owner and its field."""
    steps = [step for step in pointer[2:] if step not in {"properties", *UNIONS}]
    words = {"items": "item", "additionalProperties": "additional_property"}
    return "".join(ClassName(words.get(step, step), "Type") for step in steps)


def keep_plain_json(view: Json) -> int:
    """Leave an object without described fields as the JSON it is, unless it is a named schema."""
    count = 0
    for place in schemas(view):
        is_named = place.pointer[:2] == ("components", "schemas") and len(place.pointer) == 3
        described = {"properties", "allOf", *UNIONS} & set(place.node)
        typed = isinstance(place.node.get("additionalProperties"), dict)
        if place.node.get("type") == "object" and not (described or is_named or typed):
            place.replace({})
            count += 1
    return count


def name_union_members(view: Json) -> int:
    """Give the inline objects of a named union a name each."""
    count, named = 0, view["components"]["schemas"]
    for name, schema in list(named.items()):
        for keyword in UNIONS:
            for number, variant in enumerate(schema.get(keyword, [])):
                if "properties" in variant:
                    member = f"{name}Type{number}"
                    if member in named:
                        message = f"schema {member} exists; name the members of {name} yourself"
                        raise ViewError(message)
                    named[member] = variant
                    schema[keyword][number] = _reference_to(member)
                    count += 1
    return count


def keep_identifiers_and_deep_times_as_text(view: Json) -> int:
    """Delete `uuid` everywhere, and times that are not a field of a model."""
    fields: set[int] = set()
    for place in schemas(view):
        for field in place.node.get("properties", {}).values():
            fields.update(
                id(one) for one in (field, *field.get("oneOf", ()), *field.get("anyOf", ()))
            )
    count = 0
    for place in schemas(view):
        form = place.node.get("format")
        if form == "uuid" or (form in TIMES and id(place.node) not in fields):
            del place.node["format"]
            count += 1
    return count


STEPS: Final = (
    Step(
        "success replies",
        "the engine maps errors itself, with their headers; a second reply or media type would be "
        "dropped silently or turn every result into a union",
        one_success_reply,
    ),
    Step(
        "values of absent fields",
        "the generator has no word for a field that reads as an empty object where it is absent",
        mark_absent_values,
    ),
    Step(
        "vectors",
        "base64 is another spelling of a list of numbers, and callers want the list",
        mark_vectors,
    ),
    Step(
        "defaults",
        "the generator sends them unasked, and some providers refuse exactly these fields",
        drop_defaults,
    ),
    Step(
        "nullable objects and enums",
        "the generator takes null for impossible where an enum does not list it, and calls the "
        "rest Type0, Type1, once per mention",
        name_what_may_be_null,
    ),
    Step(
        "objects without described fields",
        "a class without fields helps nobody; they stay dicts",
        keep_plain_json,
    ),
    Step(
        "members of named unions",
        "the generator visits them twice, takes their inner objects for duplicates, and leaves an "
        "import of a module that it did not write",
        name_union_members,
    ),
    Step(
        "identifiers and times as text",
        "an id is opaque, and a time is only sure to go back as it was spelt from a field",
        keep_identifiers_and_deep_times_as_text,
    ),
)
