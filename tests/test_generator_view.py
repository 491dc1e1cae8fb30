"""What the generator gets to see: each step, and that none loses an operation or a field."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from scripts import generate
from scripts.generator import view
from scripts.generator.gates import described_requests
from scripts.generator.view import ViewError, generator_view
from scripts.spec.load import parse, read_file
from tests.tiny_description import schemas

JSON = "application/json"


def replies(*contents: dict[str, Any], codes: tuple[str, ...] = ("200", "202")) -> dict[str, Any]:
    """Write a description with one operation and these success replies, and a 404."""
    made = {
        code: {"description": "", "content": one}
        for code, one in zip(codes, contents, strict=False)
    }
    made["404"] = {"description": "", "content": {JSON: {"schema": {"type": "string"}}}}
    return {"paths": {"/a": {"get": {"responses": made}}}, "components": {"schemas": {}}}


def success(document: dict[str, Any]) -> dict[str, Any]:
    """Give the only reply that is left."""
    (code, reply), *others = document["paths"]["/a"]["get"]["responses"].items()
    assert code == "2XX"
    assert not others
    content: dict[str, Any] = reply["content"]
    return content


THING = {"schema": {"$ref": "#/components/schemas/Thing"}}


@pytest.mark.parametrize(
    ("contents", "left"),
    [
        ([{JSON: THING}, {JSON: THING}], {JSON: THING}),
        ([{JSON: THING, "text/event-stream": {}, "application/rss+xml": {}}], {JSON: THING}),
        ([{"audio/mpeg": {}, "text/event-stream": {}}], "binary"),
        ([{"image/webp": {}, "video/mp4": {}}], "binary"),
        ([{"text/plain": {}}], {"text/plain": {"schema": {"type": "string"}}}),
        ([{}], {}),
    ],
)
def test_one_reply_of_one_media_type_is_left(contents: list[Any], left: Any) -> None:
    """JSON wins, then text, then bytes; errors go, whatever they are."""
    document = replies(*contents)
    assert view.one_success_reply(document) >= 1
    binary = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    assert success(document) == (binary if left == "binary" else left)


def test_a_reply_by_reference_is_found() -> None:
    """A success reply may stand among the components."""
    document = replies({JSON: THING})
    document["components"]["responses"] = {"R": document["paths"]["/a"]["get"]["responses"]["200"]}
    document["paths"]["/a"]["get"]["responses"]["200"] = {"$ref": "#/components/responses/R"}
    view.one_success_reply(document)
    assert success(document) == {JSON: THING}


def test_what_has_no_single_result_is_refused() -> None:
    """Two shapes, no success at all, or two kinds of body are decided in openapi.yaml, not here."""
    other = {"schema": {"type": "string"}}
    with pytest.raises(ViewError, match="GET /a: its success replies differ in shape"):
        view.one_success_reply(replies({JSON: THING}, {JSON: other}))
    with pytest.raises(ViewError, match="GET /a has no success reply"):
        view.one_success_reply(replies())
    document = replies({JSON: THING})
    body: dict[str, Any] = {"content": {JSON: {}, "multipart/form-data": {}}}
    document["paths"]["/a"]["get"]["requestBody"] = body
    with pytest.raises(ViewError, match="GET /a takes bodies of several media types"):
        view.one_success_reply(document)


def document_of(**named: dict[str, Any]) -> dict[str, Any]:
    """Write a description that has nothing but schemas."""
    return {"paths": {}, "components": {"schemas": named}}


def test_defaults_go_and_fields_called_default_stay() -> None:
    """Nothing is sent unasked; a property of that name is a property."""
    document = document_of(
        A={"type": "object", "properties": {"default": {"type": "string", "default": "x"}}}
    )
    assert view.drop_defaults(document) == 1
    assert schemas(document)["A"]["properties"] == {"default": {"type": "string"}}


def test_nullable_objects_and_enums_get_a_name_and_keep_their_null() -> None:
    """Each use says nullable; the class has the name of its owner and field."""
    inline = {"type": "string", "enum": ["a", None], "nullable": True}
    reference = {"$ref": "#/components/schemas/B"}
    document = document_of(
        A={"type": "object", "properties": {"my_state": inline, "b": reference}},
        B={"type": "object", "nullable": True, "properties": {"x": {"type": "integer"}}},
    )
    assert view.name_what_may_be_null(document) == 2
    assert schemas(document)["A"]["properties"] == {
        "my_state": {"nullable": True, "oneOf": [{"$ref": "#/components/schemas/AMyState"}]},
        "b": {"nullable": True, "oneOf": [{"$ref": "#/components/schemas/B"}]},
    }
    assert schemas(document)["AMyState"] == {"type": "string", "enum": ["a"]}
    assert "nullable" not in schemas(document)["B"]


def test_a_name_that_is_taken_is_not_taken_over() -> None:
    """The clash is for a person to solve."""
    inline = {"type": "string", "enum": ["a"], "nullable": True}
    document = document_of(
        A={"type": "object", "properties": {"state": inline}}, AState={"type": "object"}
    )
    with pytest.raises(ViewError, match="needs the name AState, which another schema has"):
        view.name_what_may_be_null(document)


def test_objects_without_fields_stay_json_unless_they_have_a_name() -> None:
    """A map with a described value is a class; a free object is a dict."""
    typed_map = {"type": "object", "additionalProperties": {"type": "string"}}
    document = document_of(
        A={
            "type": "object",
            "properties": {"free": {"type": "object", "nullable": True}, "map": typed_map},
        },
        Free={"type": "object"},
    )
    assert view.keep_plain_json(document) == 1
    assert schemas(document)["A"]["properties"] == {"free": {}, "map": typed_map}
    assert schemas(document)["Free"] == {"type": "object"}


def test_members_of_named_unions_get_a_name() -> None:
    """Otherwise the generator imports modules that it does not write."""
    member = {"type": "object", "properties": {"x": {"type": "string"}}}
    document = document_of(U={"oneOf": [{"type": "string"}, member]})
    assert view.name_union_members(document) == 1
    assert schemas(document)["U"]["oneOf"][1] == {"$ref": "#/components/schemas/UType1"}
    assert schemas(document)["UType1"] == member
    taken = document_of(U={"oneOf": [member]}, UType0={"type": "string"})
    with pytest.raises(ViewError, match="schema UType0 exists"):
        view.name_union_members(taken)


def test_ids_are_text_and_times_are_times_only_as_fields() -> None:
    """A time in a list or a map would not go back as it was spelt."""
    time = {"type": "string", "format": "date-time"}
    plain = {"type": "string"}
    document = document_of(
        A={
            "type": "object",
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                "at": copy.deepcopy(time),
                "maybe": {"oneOf": [copy.deepcopy(time), {"type": "integer"}]},
                "all": {"type": "array", "items": copy.deepcopy(time)},
            },
        }
    )
    assert view.keep_identifiers_and_deep_times_as_text(document) == 2
    assert schemas(document)["A"]["properties"] == {
        "id": plain,
        "at": time,
        "maybe": {"oneOf": [time, {"type": "integer"}]},
        "all": {"type": "array", "items": plain},
    }


def test_values_of_absent_fields_become_marks_of_their_owner() -> None:
    """What reads as empty where it is absent is told to the templates."""
    reference = {"allOf": [{"$ref": "#/components/schemas/B"}], "x-absent": {}}
    fields = {"a": reference, "b": {"type": "string", "x-absent": ""}, "c": {"type": "string"}}
    document = document_of(A={"type": "object", "properties": fields})
    assert view.mark_absent_values(document) == 2
    assert schemas(document)["A"]["description"] == 'a={} b=""'


def test_a_vector_or_its_base64_is_a_vector() -> None:
    """A union of a list and any other text stays one."""
    numbers = {"type": "array", "items": {"type": "number"}}
    texts = [{"type": "string", "format": "byte"}, {"type": "string"}]
    fields = {name: {"oneOf": [numbers, text]} for name, text in zip("ab", texts, strict=True)}
    document = document_of(A={"type": "object", "properties": copy.deepcopy(fields)})
    assert view.mark_vectors(document) == 1
    made = schemas(document)["A"]["properties"]
    assert made == {"a": numbers | {"description": "base64"}, "b": fields["b"]}


def test_the_view_loses_no_request_and_leaves_the_description_alone() -> None:
    """Operations, parameters, bodies and fields are the same before and after, for real."""
    document = parse(read_file(generate.SOURCE), "openapi.yaml")
    before = json.dumps(document)
    seen, _ = generator_view(document)
    assert json.dumps(document) == before
    assert set(described_requests(seen)) == set(described_requests(document))
    for name, schema in schemas(document).items():
        assert (
            schema.get("properties", {}).keys() == schemas(seen)[name].get("properties", {}).keys()
        )
