"""Facts are kept by position: no prose passes, no fact is lost, nothing unknown slips through."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from scripts.spec.facts import facts, resolve
from scripts.spec.grammar import SpecError

PROSE = "A sentence that must not pass."


def wordy() -> dict[str, Any]:
    """A document with prose and examples at every place where OpenAPI allows them."""
    schema = {
        "type": "object",
        "title": PROSE,
        "description": PROSE,
        "example": PROSE,
        "externalDocs": {"url": "https://x.test", "description": PROSE},
        "required": ["title", "description"],
        "x-note": PROSE,
        "properties": {
            "description": {"type": "string", "description": PROSE, "examples": [PROSE]},
            "title": {"type": "string"},
            "example": {"type": "string"},
            "summary": {"type": "string"},
            "x-data": {"type": "string"},
        },
    }
    operation = {
        "operationId": "getThing",
        "summary": PROSE,
        "description": PROSE,
        "tags": [PROSE],
        "externalDocs": {"url": "https://x.test", "description": PROSE},
        "x-code-samples": [PROSE],
        "callbacks": {"done": {"{$request.body#/url}": {"post": {"description": PROSE}}}},
        "parameters": [
            {"name": "x-header", "in": "header", "description": PROSE, "example": PROSE,
             "examples": {"one": {"summary": PROSE}}, "schema": {"type": "string"}},
        ],
        "requestBody": {"description": PROSE, "content": {"application/json": {
            "schema": schema, "example": PROSE, "examples": {"one": {"value": PROSE}}}}},
        "responses": {
            "200": {"description": PROSE, "content": {}, "headers": {
                "X-Thing": {"description": PROSE, "schema": {"type": "string"}}},
                "links": {"next": {"description": PROSE}}},
            "x-note": PROSE,
        },
    }  # fmt: skip
    return {
        "openapi": "3.0.3",
        "info": {"title": PROSE, "version": "1", "description": PROSE},
        "tags": [{"name": "x", "description": PROSE}],
        "externalDocs": {"url": "https://x.test", "description": PROSE},
        "servers": [{"url": "https://x.test", "description": PROSE}],
        "x-anything": PROSE,
        "paths": {"/thing": {"summary": PROSE, "description": PROSE, "get": operation}},
        "components": {
            "schemas": {"Thing": schema},
            "examples": {"one": {"value": PROSE}},
            "securitySchemes": {
                "key": {"type": "oauth2", "description": PROSE, "flows": {"implicit": {
                    "authorizationUrl": "https://x.test", "scopes": {"read": PROSE}}}},
            },
        },
    }  # fmt: skip


def test_no_prose_passes_and_no_fact_is_lost() -> None:
    """Prose is known by its position; a property that is called `description` is data."""
    kept = facts(wordy())
    assert PROSE not in json.dumps(kept)
    properties = kept["components"]["schemas"]["Thing"]["properties"]
    assert sorted(properties) == ["description", "example", "summary", "title", "x-data"]
    assert kept["components"]["schemas"]["Thing"]["required"] == ["title", "description"]
    operation = kept["paths"]["/thing"]["get"]
    assert operation["parameters"][0]["name"] == "x-header"
    assert operation["responses"]["200"]["description"] == "OK"
    assert "x-note" not in operation["responses"]
    scheme = kept["components"]["securitySchemes"]["key"]
    assert scheme["flows"]["implicit"]["scopes"] == {"read": ""}


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ({"paths": {"/a": {"get": {"surprise": 1}}}}, "keyword 'surprise'"),
        ({"paths": {"/a": {"get": {"parameters": {}}}}}, "where a list is due"),
        ({"paths": {"/a": {"get": {"responses": []}}}}, "where an object is due"),
        ({"paths": {"/a": {"$ref": "other.yaml#/a"}}}, "only references within"),
        ({"paths": {"/a": {"$ref": "https://x.test/a"}}}, "only references within"),
    ],
)
def test_what_the_grammar_does_not_know_is_refused(damage: dict[str, Any], fault: str) -> None:
    """A new construct stops the sync instead of vanishing; its place is named."""
    with pytest.raises(SpecError, match=re.escape(fault)) as caught:
        facts({"openapi": "3.0.3"} | damage)
    assert "#/paths/~1a" in str(caught.value)


def test_a_reference_resolves_through_escaped_steps() -> None:
    """`~1` and `~0` stand for slash and tilde in a step."""
    document = {"paths": {"/a~b": [{"x": 1}]}}
    assert resolve(document, "#/paths/~1a~0b/0/x") == 1
    for step in ("nope", "~1a~0b/7", "~1a~0b/x", "~1a~0b/0/x/y"):
        with pytest.raises(SpecError, match="leads nowhere"):
            resolve(document, f"#/paths/{step}")
