"""Comparing schemas where it is hard: cycles, unions, merging, and what has no type."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.drift import limits
from scripts.drift.schema import SchemaReader
from scripts.drift.shapes import Direction, ShapeComparison
from scripts.spec.grammar import SpecError

STRING, NUMBER, BOOL = {"type": "string"}, {"type": "number"}, {"type": "boolean"}
WITH_A = {"type": "object", "properties": {"a": STRING}}


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def kinds(
    old: Any, new: Any, direction: Direction = "response", **components: tuple[Any, Any]
) -> list[str]:
    """Compare two schemas of two documents; components are given as pairs (old, new)."""
    readers = [
        SchemaReader({"components": {"schemas": {k: pair[i] for k, pair in components.items()}}})
        for i in (0, 1)
    ]
    comparison = ShapeComparison(readers[0], readers[1], direction)
    return [change.kind for change in comparison.compare(old, new, "GET /x", "here")]


def node(**more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"next": ref("Node"), **more}}


def test_a_difference_inside_a_cycle_is_found_once() -> None:
    """A schema that contains itself is compared, not walked for ever."""
    assert kinds(ref("Node"), ref("Node"), Node=(node(), node(v=STRING))) == [
        "response-property-added"
    ]


def part(kind: str, **more: Any) -> dict[str, Any]:
    """A tagged variant that contains a list of any variants."""
    tag = {"kind": {"type": "string", "enum": [kind]}}
    parts = {"type": "array", "items": ref("Part")}
    return {"type": "object", "required": ["kind"], "properties": tag | {"in": parts} | more}


def test_equality_assumed_inside_a_cycle_is_not_taken_for_proof() -> None:
    """Two variants that contain each other differ when anything below either of them does.

    While A is compared, B is met and contains A again: "B is equal" rests on A being equal, which
    turns out wrong. B must not keep that verdict.
    """
    union = {"oneOf": [ref("A"), ref("B")]}
    pairs = {
        "A": (part("a", z=STRING), part("a", z=NUMBER)),
        "B": (part("b"), part("b")),
        "Part": (union, union),
    }
    readers = [
        SchemaReader({"components": {"schemas": {name: pair[i] for name, pair in pairs.items()}}})
        for i in (0, 1)
    ]
    comparison = ShapeComparison(readers[0], readers[1], "response")
    olds, news = (reader.read(ref("Part")).alternatives for reader in readers)
    verdicts = [comparison.same(old, new) for old, new in zip(olds, news, strict=True)]
    assert verdicts == [False, False]
    found = comparison.compare(ref("Part"), ref("Part"), "GET /x", "here")
    assert [change.kind for change in found] == ["response-type-changed"]


def test_both_of_two_recursive_schemas_is_not_infinite() -> None:
    """`allOf` of two schemas that recurse under one name is read to an end."""
    both = {"allOf": [ref("Node"), ref("Other")]}
    pair = (node(), node())
    assert kinds(both, both, Node=pair, Other=({"properties": {"next": ref("Other")}},) * 2) == []


@pytest.mark.parametrize(
    "loop",
    [
        {"Loop": ref("Loop")},
        {"Loop": {"allOf": [ref("Loop"), STRING]}},
        {"Loop": {"oneOf": [STRING, ref("Again")]}, "Again": {"anyOf": [ref("Loop")]}},
    ],
)
def test_a_schema_made_of_itself_is_refused(loop: dict[str, Any]) -> None:
    """A reference that only leads to itself describes nothing."""
    with pytest.raises(SpecError, match="made of itself"):
        SchemaReader({"components": {"schemas": loop}}).read(ref("Loop"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"oneOf": [STRING, NUMBER]}, {"anyOf": [NUMBER, STRING], "oneOf": []}),
        ({"type": ["string", "number"]}, {"anyOf": [NUMBER, STRING]}),
        ({"type": ["string", "null"]}, {"type": "string", "nullable": True}),
        ({"oneOf": [STRING, {"type": "null"}]}, {"type": "string", "nullable": True}),
        ({"enum": ["a", "b"]}, {"type": "string", "enum": ["b", "a"]}),
        ({"enum": ["a", None]}, {"type": "string", "nullable": True, "enum": ["a"]}),
        ({"oneOf": [{"enum": ["a"]}, {"enum": ["b"]}]}, {"enum": ["a", "b"]}),
        ({"anyOf": [STRING, {"anyOf": [NUMBER, BOOL]}]}, {"anyOf": [BOOL, STRING, NUMBER]}),
        ({"properties": {"a": STRING}}, WITH_A),
        ({"items": STRING}, {"type": "array", "items": STRING}),
        ({"allOf": [NUMBER | {"minimum": 3}, {"minimum": 5}]}, NUMBER | {"minimum": 5}),
        (NUMBER | {"minimum": 0, "exclusiveMinimum": True}, NUMBER | {"exclusiveMinimum": 0}),
        ({"allOf": [NUMBER, {"type": "integer"}]}, {"type": "integer"}),
        ({}, True),
        (WITH_A | {"anyOf": [{"required": ["a"]}]}, WITH_A | {"required": ["a"]}),
    ],
)  # fmt: skip
def test_two_ways_to_allow_the_same_are_equal(old: Any, new: Any) -> None:
    """Unions flatten, types are implied, limits combine."""
    for one, other in ((old, new), (new, old)):
        assert kinds(one, other, "request") == []
        assert kinds(one, other, "response") == []


@pytest.mark.parametrize(
    ("old", "new", "request_kind", "response_kind"),
    [
        ({}, STRING, "request-type-narrowed", "response-type-narrowed"),
        ({}, {"oneOf": [STRING, NUMBER]}, "request-type-narrowed", "response-type-narrowed"),
        ({"oneOf": [STRING, NUMBER]}, {}, "request-type-widened", "response-type-widened"),
        ({"type": "integer"}, NUMBER, "request-type-widened", "response-type-widened"),
        (STRING, {"type": "object"}, "request-type-changed", "response-type-changed"),
        (
            {"oneOf": [{"properties": {"a": STRING}}, {"required": ["b"]}]},
            {"anyOf": [{"properties": {"a": STRING}}, {"required": ["b"]}]},
            "request-constraint-loosened",
            "response-constraint-changed",
        ),
        (
            WITH_A | {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
            WITH_A | {"anyOf": [{"required": ["a"]}]},
            "request-variant-removed",
            "response-variant-removed",
        ),
        ({"not": STRING}, {}, "request-constraint-loosened", "response-constraint-changed"),
    ],
)  # fmt: skip
def test_a_difference_is_named_for_its_direction(
    old: Any, new: Any, request_kind: str, response_kind: str
) -> None:
    """What narrows a request widens nothing, and the other way round."""
    assert set(kinds(old, new, "request")) == {request_kind}
    assert set(kinds(old, new, "response")) == {response_kind}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({}, {"minLength": 0, "uniqueItems": False, "minItems": 0}, []),
        ({"minLength": 1}, {"minLength": 2}, [("tightened", "minLength")]),
        ({"maxLength": 1}, {"maxLength": 2}, [("loosened", "maxLength")]),
        ({"maximum": 5}, {}, [("loosened", "maximum")]),
        ({"maximum": 5}, {"maximum": 5, "exclusiveMaximum": True}, [("tightened", "maximum")]),
        ({"exclusiveMaximum": 5}, {"maximum": 5}, [("loosened", "maximum")]),
        ({"minimum": 3}, {"minimum": 3, "exclusiveMinimum": 2}, []),
        ({"pattern": "a"}, {"pattern": "b"}, [("tightened", "pattern")]),
    ],
)
def test_limits_are_compared_by_what_they_allow(
    old: Any, new: Any, found: list[tuple[str, str]]
) -> None:
    """A bound that moves inwards is tighter; one that says nothing is none."""
    assert list(limits.changes(limits.read_limits(old), limits.read_limits(new))) == found
