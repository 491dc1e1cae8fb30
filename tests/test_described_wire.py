"""What the description says is what the wire shows: every recorded success fits it."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it ships no types
import pytest

from scripts.spec import pipeline
from tests.conftest import SHARED, needs_shared


def as_json_schema(node: Any) -> Any:
    """Translate OpenAPI 3.0's schema words into those of JSON Schema."""
    if isinstance(node, list):
        return [as_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: as_json_schema(value) for key, value in node.items()}
    if made.pop("nullable", False) is True:
        return {"anyOf": [made, {"type": "null"}]}
    if made.get("exclusiveMinimum") is True:
        made["exclusiveMinimum"] = made.pop("minimum")
    return made


def described(document: dict[str, Any], method: str, path: str) -> dict[str, Any] | None:
    """Find the operation that a request went to; a literal path wins over a template."""
    found = []
    for template, item in document["paths"].items():
        pattern = re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, path) and method in item:
            found.append((template.count("{"), item[method]))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def recorded_successes() -> list[Any]:
    """Every recorded exchange that succeeded, as test parameters."""
    exchanges = [
        exchange
        for file in sorted((SHARED / "recordings").glob("*.json"))
        for exchange in json.loads(file.read_text(encoding="utf-8"))
        if exchange["response"]["status"] < 300 and exchange["request"]["method"] != "HEAD"
    ]
    return [pytest.param(exchange, id=exchange["name"]) for exchange in exchanges]


def twin(path: str) -> str:
    """The path that a recorded alias stands for."""
    path = path.removeprefix("/v1").partition("?")[0]
    return re.sub(r"^/batch(?=/|$)", "/batches", path.replace("/video/generations", "/videos"))


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """`openapi.yaml` as data."""
    return pipeline.read_document(str(pipeline.OPENAPI))


@needs_shared
@pytest.mark.parametrize("exchange", recorded_successes())
def test_every_recorded_success_fits_the_description(
    exchange: dict[str, Any], document: dict[str, Any]
) -> None:
    """Status, media type and body of every recorded success are as `openapi.yaml` says."""
    request, answer = exchange["request"], exchange["response"]
    operation = described(document, request["method"].lower(), twin(request["path"]))
    assert operation is not None
    media = answer["headers"]["Content-Type"].partition(";")[0].strip()
    content = operation["responses"][str(answer["status"])]["content"][media]
    if media == "application/json":
        components = as_json_schema(copy.deepcopy(document["components"]))
        schema = as_json_schema(content["schema"]) | {"components": components}
        jsonschema.Draft202012Validator(schema).validate(answer["body"])
