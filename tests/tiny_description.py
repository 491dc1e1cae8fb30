"""A small description with one of everything, so that each step of the pipeline finds its work."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

Json = dict[str, Any]

TINY: Json = {
    "openapi": "3.0.3",
    "info": {"title": "Tiny", "version": "1"},
    "servers": [{"url": "https://api.test/v1"}],
    "security": [{"InferenceKey": []}],
    "paths": {
        "/things/{thing_id}": {
            "get": {
                "operationId": "getThing",
                "tags": ["things"],
                "summary": "Get a thing",
                "parameters": [
                    {
                        "name": "thing_id",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "string"},
                    },
                    {
                        "name": "params",
                        "in": "query",
                        "explode": False,
                        "schema": {"type": "array", "items": {"type": "string"}},
                    },
                    {"name": "x-trace", "in": "header", "schema": {"type": "string"}},
                ],
                "responses": {
                    "200": {
                        "description": "OK",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
                        },
                    },
                    "404": {"description": "Not Found"},
                },
            },
        },
        "/things": {
            "post": {
                "operationId": "createThing",
                "tags": ["things"],
                "summary": "Make a thing",
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
                    },
                },
                "responses": {
                    "200": {
                        "description": "OK",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
                        },
                    },
                },
            },
        },
    },
    "components": {
        "securitySchemes": {"InferenceKey": {"type": "http", "scheme": "bearer"}},
        "schemas": {
            "Thing": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "string", "format": "uuid"},
                    "kind": {"type": "string", "enum": ["small", "big"], "nullable": True},
                    "count": {"type": "integer", "default": 1},
                    "notes": {"type": "object"},
                    "part": {"$ref": "#/components/schemas/Part"},
                    "shape": {"$ref": "#/components/schemas/Shape"},
                },
            },
            "Shape": {
                "oneOf": [
                    {
                        "type": "object",
                        "required": ["type", "radius"],
                        "properties": {
                            "type": {"type": "string", "enum": ["circle"]},
                            "radius": {
                                "type": "object",
                                "properties": {"metres": {"type": "number"}},
                            },
                        },
                    },
                    {"type": "string"},
                ],
            },
            "Bare": {"type": "object"},
            "Part": {
                "type": "object",
                "anyOf": [{"required": ["weight"]}, {"required": ["volume"]}],
                "properties": {"weight": {"type": "number"}, "volume": {"type": "number"}},
            },
        },
    },
}


def tiny() -> Json:
    """Copy the description, to change one thing in it."""
    return copy.deepcopy(TINY)


def schemas(document: Json) -> Json:
    """Give the named schemas of a description."""
    named: Json = document["components"]["schemas"]
    return named


def write(document: Json, folder: Path) -> Path:
    """Write a description as a file."""
    path = folder / "openapi.yaml"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
