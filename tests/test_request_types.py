"""Which Python type each JSON schema of a request becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.described import TEXT, Emitted, Json, describe, listing, one_of, ref, taking, thing

if TYPE_CHECKING:
    from pathlib import Path

INTEGER = {"type": "integer"}
FREE = {"type": "object"}

PLAIN = [
    (TEXT, "str"),
    ({"type": "integer", "minimum": 1, "default": 3}, "int"),
    ({"type": "number"}, "float | Decimal"),
    ({"type": "boolean"}, "bool"),
    ({"type": "string", "format": "date-time"}, "str | datetime.datetime"),
    ({"type": "string", "format": "date"}, "str | datetime.date"),
    ({}, "Any"),
    (listing(TEXT), "Sequence[str]"),
    (listing(listing(INTEGER)), "Sequence[Sequence[int]]"),
    (one_of("a", "b"), "Literal['a', 'b']"),
    (one_of(1, 2, kind="integer"), "Literal[1, 2]"),
    (one_of(True, kind="boolean"), "Literal[True]"),
    ({**one_of("a", None), "nullable": True}, "Literal['a'] | None"),
    (one_of("a", None), "Literal['a'] | None"),
    ({**TEXT, "nullable": True}, "str | None"),
    ({"oneOf": [TEXT, listing(TEXT)]}, "str | Sequence[str]"),
    ({"anyOf": [TEXT, INTEGER], "nullable": True}, "str | int | None"),
    ({"oneOf": [TEXT, {**TEXT, "format": "uri"}]}, "str"),
    ({"allOf": [TEXT], "nullable": True}, "str | None"),
    (FREE, "Mapping[str, Any]"),
    ({**FREE, "additionalProperties": {}}, "Mapping[str, Any]"),
    ({**FREE, "additionalProperties": False}, "Mapping[str, Any]"),
    ({**FREE, "additionalProperties": {"type": "number"}}, "Mapping[str, float | Decimal]"),
    (ref("Word"), "str"),
    (ref("Choice"), "ChoiceParam"),
    (ref("VoiceId"), "str"),
]


def emitted(folder: Path, field: Json, schemas: Json | None = None) -> Emitted:
    """Emit an operation whose body has the one field `field`."""
    return Emitted(describe(requestBody=taking({"field": field}), schemas=schemas), folder)


@pytest.mark.parametrize(("schema", "expected"), PLAIN)
def test_plain_json(tmp_path: Path, schema: Json, expected: str) -> None:
    """Scalars, lists, literals, unions, null and free objects."""
    schemas = {"Word": TEXT, "Choice": one_of("a", "b"), "VoiceId": one_of("a", "b")}
    assert emitted(tmp_path, schema, schemas).types() == {"field": expected}


def test_a_field_of_a_body_that_may_be_left_out_is_not_required(tmp_path: Path) -> None:
    """Without a body, its fields cannot be demanded."""
    body = taking({"a": TEXT, "b": TEXT}, required=["a"])
    got = Emitted(describe(requestBody=body), tmp_path)
    assert got.types() == {"a": "Required[str]", "b": "str"}
    assert got.spec.required == ("a",)
    got = Emitted(describe(requestBody=body | {"required": False}), tmp_path)
    assert got.types() == {"a": "str", "b": "str"}
    assert got.spec.required == ()


@pytest.mark.parametrize("name", ["model", "provider", "organisation", "voice_id"])
def test_a_catalogue_is_open(tmp_path: Path, name: str) -> None:
    """An enum of things that the gateway adds every week is a snapshot, not a rule."""
    listed = one_of("a", "b")
    for schema, expected in (
        (listed, "str"),
        (ref("Listed"), "str"),
        ({"oneOf": [listed, listing(listed)]}, "str | Sequence[str]"),
    ):
        body = taking({name: schema})
        got = Emitted(describe(requestBody=body, schemas={"Listed": listed}), tmp_path)
        assert got.types() == {name: expected}


def test_nested_objects_are_named_after_their_component_or_their_place(tmp_path: Path) -> None:
    """A component gives its name, an inline object the names on the way to it."""
    tool = thing({"kind": TEXT, "opts": thing({"n": TEXT})}, required=["kind"])
    got = emitted(tmp_path, listing(ref("tool_spec")), {"tool_spec": tool})
    assert got.types() == {"field": "Sequence[ToolSpecParam]"}
    assert got.types("ToolSpecParam") == {"kind": "Required[str]", "opts": "ToolSpecOptsParam"}
    assert got.types("ToolSpecOptsParam") == {"n": "str"}


def test_several_objects_in_one_union_are_numbered(tmp_path: Path) -> None:
    """Each alternative has a name of its own."""
    got = emitted(tmp_path, {"oneOf": [thing({"a": TEXT}), thing({"b": TEXT})]})
    first, second = "MakeThingBodyFieldOption1Param", "MakeThingBodyFieldOption2Param"
    assert got.types() == {"field": f"{first} | {second}"}
    assert got.types(second) == {"b": "str"}


@pytest.mark.parametrize("wire", ["from", "x-y", "__x", "plain"])
def test_nested_keys_keep_their_wire_names(tmp_path: Path, wire: str) -> None:
    """A nested dict is the JSON itself, whatever its keys are called."""
    got = emitted(tmp_path, thing({wire: TEXT, "other": listing(TEXT)}, required=[wire]))
    written = {wire: "Required[str]", "other": "Sequence[str]"}
    assert got.types("MakeThingBodyFieldParam") == written


@pytest.mark.parametrize(
    ("extra", "opened"),
    [
        ({}, False),
        ({"additionalProperties": False}, False),
        ({"additionalProperties": True}, True),
        ({"additionalProperties": {}}, True),
    ],
)
def test_an_object_that_allows_more_accepts_any_mapping_too(
    tmp_path: Path, extra: Json, opened: bool
) -> None:
    """Only an explicit `additionalProperties` opens a described object."""
    known = "MakeThingBodyFieldParam"
    expected = f"{known} | Mapping[str, Any]" if opened else known
    assert emitted(tmp_path, thing({"a": TEXT}, **extra)).types() == {"field": expected}


def test_alternatives_that_only_demand_fields_do_not_change_the_type(tmp_path: Path) -> None:
    """`anyOf: [{required: [a]}, {required: [b]}]` is a rule, not a shape."""
    either = [{"required": ["a"]}, {"required": ["b"]}]
    got = emitted(tmp_path, thing({"a": TEXT, "b": TEXT}, anyOf=either))
    assert got.types("MakeThingBodyFieldParam") == {"a": "str", "b": "str"}


def test_a_union_component_becomes_an_alias(tmp_path: Path) -> None:
    """Callers can name the type of one part, and its objects are numbered."""
    part = {"oneOf": [TEXT, thing({"a": TEXT})]}
    got = emitted(tmp_path, listing(ref("Part")), {"Part": part})
    assert got.types() == {"field": "Sequence[PartParam]"}
    assert got.params.PartParam == str | got.params.PartOption2Param


def test_a_shape_may_contain_itself(tmp_path: Path) -> None:
    """Trees are written once and refer to themselves, as objects and as unions."""
    tree = thing({"leaves": listing(ref("Leaf"))})
    got = emitted(tmp_path, ref("Tree"), {"Tree": tree, "Leaf": {"oneOf": [TEXT, ref("Tree")]}})
    assert got.types() == {"field": "TreeParam"}
    assert got.types("TreeParam") == {"leaves": "Sequence[LeafParam]"}
    assert got.params.LeafParam == str | got.params.TreeParam


def test_unions_may_refer_to_unions(tmp_path: Path) -> None:
    """Each is defined after those that it needs, whatever their names and order."""
    schemas = {
        "A": {"oneOf": [ref("B"), {"type": "integer"}]},
        "B": {"oneOf": [listing(ref("C")), TEXT]},
        "C": one_of("x", "y"),
    }
    got = emitted(tmp_path, {"oneOf": [thing({"n": ref("A")}), ref("A")]}, schemas)
    assert got.types() == {"field": "MakeThingBodyFieldParam | AParam"}
    assert got.params.AParam == got.params.BParam | int
