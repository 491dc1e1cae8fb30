"""Small descriptions for the tests of the emitter, and what was emitted for them, imported."""

from __future__ import annotations

import importlib.util
import typing
from typing import Any

from scripts.emit_operations import emit
from scripts.operations.facts import REQUEST_OPTIONS

if typing.TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

Json = dict[str, Any]

TEXT = {"type": "string"}
FILE = {"type": "string", "format": "binary"}


def listing(items: Json) -> Json:
    """Describe a list."""
    return {"type": "array", "items": items}


def one_of(*values: object, kind: str = "string") -> Json:
    """Describe an enum."""
    return {"type": kind, "enum": list(values)}


def thing(properties: Json, **rest: object) -> Json:
    """Describe an object."""
    return {"type": "object", "properties": properties, **rest}


def ref(name: str) -> Json:
    """Refer to a component schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def query(name: str, schema: Json = TEXT, **rest: object) -> Json:
    """Describe a query parameter."""
    return {"name": name, "in": "query", "schema": schema, **rest}


def taking(properties: Json, media_type: str = "application/json", **rest: object) -> Json:
    """Describe a request body with the given fields."""
    return {"required": True, "content": {media_type: {"schema": thing(properties, **rest)}}}


def answering(schema: Json, media_type: str = "application/json", status: str = "200") -> Json:
    """Describe one answer."""
    return {status: {"content": {media_type: {"schema": schema}}}}


def describe(*, path: str = "/things", schemas: Json | None = None, **operation: object) -> Json:
    """Write a description with the one operation `makeThing`."""
    whole = {"operationId": "makeThing", "tags": ["things"], "summary": "Make a thing"}
    responses = answering({"type": "object"})
    return {
        "openapi": "3.0.3",
        "security": [{"InferenceKey": []}],
        "paths": {path: {"post": {**whole, "responses": responses, **operation}}},
        "components": {"schemas": schemas or {}},
    }


class Emitted:
    """The two modules written for a description, imported."""

    def __init__(self, document: Json, folder: Path) -> None:
        emit(document, folder)
        self.operations = _load(folder / "operations.py")
        self.params = _load(folder / "params.py")

    @property
    def spec(self) -> Any:
        return self.operations.OPERATIONS["make_thing"]

    def types(self, name: str = "MakeThingParams") -> dict[str, str]:
        """Give the written types of a TypedDict's keys; all their names must be known."""
        found = getattr(self.params, name)
        assert typing.get_type_hints(found, vars(self.params), include_extras=True)
        written = {key: hint.__forward_arg__ for key, hint in found.__annotations__.items()}
        return {key: text for key, text in written.items() if key not in REQUEST_OPTIONS}


def _load(path: Path) -> ModuleType:
    found = importlib.util.spec_from_file_location(f"aistats_generated.emitted_{path.stem}", path)
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
