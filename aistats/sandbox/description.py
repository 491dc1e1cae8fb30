"""The API's description as a checker of requests; read at the first request, not at the start."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aistats.sandbox.calls import JSONObject

HERE = "urn:description"
METHODS = frozenset({"get", "post", "put", "patch", "delete"})
READERS: Mapping[str, Any] = {"integer": int, "number": float, "boolean": json.loads}


@cache
def document() -> JSONObject:
    """Return the description with its schemas in the words of JSON Schema 2020-12."""
    text = (files("aistats_generated") / "openapi.json").read_text(encoding="utf-8")
    found: JSONObject = json.loads(text)
    _modernise(found)
    return found


def _modernise(value: Any) -> None:
    """Say in today's words what OpenAPI 3.0 calls `nullable` and `exclusiveMinimum: true`."""
    for inner in value if isinstance(value, list) else value.values():
        if isinstance(inner, dict | list):
            _modernise(inner)
    if not isinstance(value, dict):
        return
    if value.get("exclusiveMinimum") is True:
        value["exclusiveMinimum"] = value.pop("minimum")
    if value.get("nullable") is True:
        union = next((value[name] for name in ("oneOf", "anyOf") if name in value), None)
        if isinstance(value.get("type"), str):
            value["type"] = [value["type"], "null"]
        elif union is not None:
            union.append({"type": "null"})
        if "enum" in value:
            value["enum"].append(None)


def operations(found: JSONObject) -> Iterable[tuple[str, str, JSONObject]]:
    """Return every operation with its method and path."""
    for path, item in found["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                yield method.upper(), path, operation


def body_place(method: str, path: str) -> tuple[str, ...] | None:
    """Return where the schema of an operation's body is; forms are checked as their JSON."""
    place = ("paths", path, method.lower(), "requestBody", "content")
    content = _at(place)
    # The greatest name: multipart/... before application/json.
    return (*place, max(content), "schema") if content else None


def needs_body(method: str, path: str) -> bool:
    """Tell whether an operation must have a body."""
    return bool(_at(("paths", path, method.lower(), "requestBody")).get("required"))


def schema_of(method: str, path: str) -> JSONObject:
    """Return the schema of an operation's request body, references resolved; {} without one."""
    place = body_place(method, path)
    return resolve(_at(place)) if place else {}


def _at(place: Iterable[str]) -> JSONObject:
    found = document()
    for part in place:
        found = found.get(part, {})
    return found


def resolve(schema: JSONObject) -> JSONObject:
    """Follow a reference within the description."""
    while "$ref" in schema:
        schema = _at(schema["$ref"].removeprefix("#/").split("/"))
    return schema


@cache
def _checker() -> Any:
    from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    described = Registry().with_resource(HERE, DRAFT202012.create_resource(document()))
    formats = FormatChecker(["date", "uuid"])
    return Draft202012Validator({}, registry=described, format_checker=formats)


def load() -> None:
    """Load everything now, once for the process, so that no request has to wait for it."""
    _checker()


def faults_at(place: Iterable[str], value: Any) -> Iterator[Any]:
    """Return what the schema at a place of the description has against a value."""
    pointer = "/".join(part.replace("~", "~0").replace("/", "~1") for part in place)
    return iter(_checker().evolve(schema={"$ref": f"{HERE}#/{pointer}"}).iter_errors(value))


def query_faults(method: str, path: str, query: Mapping[str, list[str]]) -> list[str]:
    """Return what the description has against the parameters of a query."""
    item = _at(("paths", path))
    listed = (*item.get("parameters", ()), *item.get(method.lower(), {}).get("parameters", ()))
    known = {p["name"]: p for p in map(resolve, listed) if p["in"] == "query"}
    told = [f"query {name}: not described" for name in query if name not in known]
    for name, parameter in known.items():
        if name in query:
            value = _read(parameter, query[name])
            wrong = _checker().evolve(schema=_absolute(parameter["schema"])).iter_errors(value)
            told.extend(f"query {name}: {fault.message}" for fault in wrong)
        elif parameter.get("required"):
            told.append(f"query {name}: missing")
    return told


def _absolute(schema: JSONObject) -> JSONObject:
    """Return a schema that can be looked at outside of the description."""
    return json.loads(json.dumps(schema).replace('"#/', f'"{HERE}#/'))  # type: ignore[no-any-return]


def _read(parameter: JSONObject, values: list[str]) -> Any:
    kind = resolve(parameter["schema"]).get("type")
    if kind == "array":
        return values[0].split(",") if parameter.get("explode") is False else values
    try:
        return READERS.get(kind or "", str)(values[-1])
    except ValueError:
        return values[-1]
