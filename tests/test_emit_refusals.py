"""What the emitter refuses: a construct that vanished silently would be a call nobody can make."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from scripts.emit_operations import emit
from scripts.operations.facts import DescriptionError
from tests.described import (
    FILE,
    TEXT,
    Json,
    answering,
    describe,
    listing,
    one_of,
    query,
    ref,
    taking,
    thing,
)

if TYPE_CHECKING:
    from pathlib import Path

SHAPE = thing({"id": TEXT})
FREE = {"type": "object"}
TWO_NAMED_AB = thing({"a_b": SHAPE, "a-b": thing({"x": TEXT})})
TWO_WAYS = {
    "content": {
        **taking({"a": TEXT})["content"],
        **taking({"a": TEXT}, "multipart/form-data")["content"],
    }
}
TWO_KEYS: Json = {"InferenceKey": [], "ManagementKey": []}

OPERATIONS = {
    "no success": ({"responses": {"400": {}}}, "no success answer"),
    "an answer that is a list": ({"responses": answering(listing(TEXT))}, "must be an object"),
    "answers of two shapes": (
        {"responses": answering(SHAPE) | answering(FREE, status="202")},
        "differ in shape",
    ),
    "two tags": ({"tags": ["a", "b"]}, "exactly one tag"),
    "no tag": ({"tags": []}, "exactly one tag"),
    "no summary": ({"summary": ""}, "one line of text"),
    "a summary of two lines": ({"summary": "a\nb"}, "one line of text"),
    "an unknown scheme": ({"security": [{"Basic": []}]}, "security must name"),
    "two schemes at once": ({"security": [TWO_KEYS]}, "security must name"),
    "a number in the path": (
        {"path": "/things/{n}", "parameters": [{**query("n", {"type": "integer"}), "in": "path"}]},
        "integer parameter in path",
    ),
    "a parameter without a schema": (
        {"parameters": [{"name": "a", "in": "query", "content": {}}]},
        "'a'",
    ),
    "an undeclared path parameter": ({"path": "/things/{id}"}, "path and its declared"),
    "a cookie": ({"parameters": [{**query("a"), "in": "cookie"}]}, "in cookie"),
    "an object in the query": ({"parameters": [query("a", style="deepObject")]}, "deepObject"),
    "a nameless parameter": ({"parameters": [query("$$")]}, "no Python name"),
    "an option of every call": ({"parameters": [query("timeout")]}, "'timeout'"),
    "two spellings of one name": ({"parameters": [query("a-b"), query("a_b")]}, "'a_b'"),
    "query and body alike": (
        {"parameters": [query("name")], "requestBody": taking({"name": TEXT})},
        "'name'",
    ),
    "an unknown media type": ({"requestBody": taking({"a": TEXT}, "text/csv")}, "exactly one of"),
    "two media types": ({"requestBody": TWO_WAYS}, "exactly one of"),
    "a body of two shapes": (
        {"requestBody": taking({"a": TEXT}, oneOf=[SHAPE, SHAPE])},
        "plain object",
    ),
    "a body that may demand either shape": (
        {"requestBody": taking({"a": TEXT}, anyOf=[SHAPE, SHAPE])},
        "plain object",
    ),
}  # fmt: skip

FIELDS = {
    "a reference to nowhere": (ref("No"), "points at"),
    "a union inside itself": (ref("Endless"), "contains itself"),
    "file content in JSON": (FILE, "file content"),
    "an unknown type": ({"type": "date"}, "no Python type"),
    "an enum without a type or values": ({"type": "string", "enum": []}, "Literal"),
    "an unknown keyword": ({**FREE, "patternProperties": {}}, "patternProperties"),
    "two parents": ({"allOf": [SHAPE, SHAPE]}, "allOf"),
    "a choice beside fields": ({**SHAPE, "oneOf": [TEXT, SHAPE]}, "oneOf"),
    "fractions to choose from": (one_of(0.5, kind="number"), "Literal"),
    "two objects of one name": (TWO_NAMED_AB, "two shapes"),
}


def check(document: Json, folder: Path, words: str) -> None:
    with pytest.raises(DescriptionError, match=re.escape(words)):
        emit(document, folder)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("parts", "words"), OPERATIONS.values(), ids=OPERATIONS)
def test_an_operation_that_cannot_be_expressed(tmp_path: Path, parts: Json, words: str) -> None:
    """The build stops, says why, and writes nothing."""
    check(describe(**parts), tmp_path, words)


@pytest.mark.parametrize(("schema", "words"), FIELDS.values(), ids=FIELDS)
def test_a_field_that_cannot_be_typed(tmp_path: Path, schema: Json, words: str) -> None:
    """The build stops, says why, and writes nothing."""
    schemas = {"Endless": {"oneOf": [TEXT, listing(ref("Endless"))]}}
    check(describe(requestBody=taking({"a": schema}), schemas=schemas), tmp_path, words)


def test_two_operations_of_one_name(tmp_path: Path) -> None:
    """One row would silently replace the other."""
    document = describe()
    document["paths"]["/others"] = document["paths"]["/things"]
    check(document, tmp_path, "make_thing")
