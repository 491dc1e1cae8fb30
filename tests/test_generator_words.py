"""Descriptions in the words of OpenAPI 3.1, without components, and with odd names or shapes."""

from __future__ import annotations

import importlib.util
import json
from typing import TYPE_CHECKING, Any

import pytest

from scripts import generate
from scripts.generator import tree
from scripts.generator.view import generator_view
from scripts.generator.words import older_words
from scripts.spec.load import parse, read_file
from tests.tiny_description import schemas, tiny, write

if TYPE_CHECKING:
    from pathlib import Path

TEXT = {"type": "string"}
CONTENT = {
    "byte": {"contentEncoding": "base64"},
    "binary": {"contentMediaType": "application/octet-stream"},
}
REFERENCE = {"$ref": "#/components/schemas/A"}


def newer(node: Any) -> Any:
    """Say the same in the words of 3.1."""
    if isinstance(node, list):
        return [newer(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {key: newer(value) for key, value in node.items()}
    for word, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if made.get(word) is True:
            made[word] = made.pop(limit)
    made |= CONTENT.get(str(made.get("format")), {})
    if str(made.get("format")) in CONTENT:
        del made["format"]
    if isinstance(made.get("enum"), list) and len(made["enum"]) == 1:
        made["const"] = made.pop("enum")[0]
    return nullable(made)


def nullable(made: dict[str, Any]) -> dict[str, Any]:
    """Say `nullable` in the words of 3.1."""
    if made.pop("nullable", False) is not True:
        return made
    if isinstance(made.get("type"), str):
        made["type"] = [made["type"], "null"]
        if "enum" in made:
            made["enum"] = [*dict.fromkeys([*made["enum"], None])]
        return made
    return {"anyOf": [made, {"type": "null"}]}


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ({"type": ["string", "null"]}, TEXT | {"nullable": True}),
        ({"type": ["string"]}, TEXT),
        ({"type": "null"}, {"nullable": True}),
        ({"type": ["null"]}, {"nullable": True}),
        ({"type": ["string", "integer"]}, {"anyOf": [TEXT, {"type": "integer"}]}),
        (
            {"type": ["string", "integer", "null"]},
            {"nullable": True, "anyOf": [TEXT, {"type": "integer"}]},
        ),
        ({"anyOf": [TEXT, {"type": "null"}]}, TEXT | {"nullable": True}),
        ({"oneOf": [{"const": None}, TEXT]}, TEXT | {"nullable": True}),
        ({"anyOf": [REFERENCE, {"type": "null"}]}, {"anyOf": [REFERENCE], "nullable": True}),
        ({"anyOf": [TEXT]}, TEXT),
        ({"anyOf": []}, {}),
        ({"allOf": [TEXT]}, TEXT),
        (
            {"properties": {"a": TEXT}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
            {"properties": {"a": TEXT}},
        ),
        ({"const": "a"}, {"enum": ["a"], "type": "string"}),
        ({"type": "integer", "const": 1}, {"enum": [1], "type": "integer"}),
        (
            {"type": ["string", "null"], "enum": ["a", None]},
            {"type": "string", "nullable": True, "enum": ["a", None]},
        ),
        ({"type": "string", "contentEncoding": "base64"}, TEXT | {"format": "byte"}),
        ({"type": "string", "contentMediaType": "image/png"}, TEXT | {"format": "binary"}),
        ({"type": "array"}, {"type": "array", "items": {}}),
        ({"type": "array", "items": True}, {"type": "array", "items": {}}),
        ({"type": "array", "prefixItems": [TEXT]}, {"type": "array", "items": {}}),
        (
            {"type": "integer", "exclusiveMinimum": 0, "maximum": 9007199254740991},
            {"type": "integer", "maximum": 9007199254740991},
        ),
        (
            {"type": "object", "properties": {"a": True, "b": False}, "propertyNames": TEXT},
            {"type": "object", "properties": {"a": {}}},
        ),
    ],
)
def test_every_newer_word_has_an_older_one(new: dict[str, Any], old: dict[str, Any]) -> None:
    """Alone, and inside of something else; the document given stays as it is."""
    document = {"paths": {}, "components": {"schemas": {"X": new, "Y": {"items": dict(new)}}}}
    before = json.dumps(document)
    said = older_words(document)["components"]["schemas"]
    assert said["X"] == old
    assert said["Y"]["items"] == old
    assert json.dumps(document) == before


def test_the_same_facts_in_newer_words_give_the_same_package(tmp_path: Path) -> None:
    """Files differ only where they hold or count the description itself."""
    trees = []
    for name, document in (("old", tiny()), ("new", newer(tiny()) | {"openapi": "3.1.0"})):
        folder = tmp_path / name
        folder.mkdir()
        generate.generate(write(document, folder), folder / "generated")
        trees.append(folder / "generated")
    assert tree.differences(*trees) == [
        "changed  PROVENANCE.toml",
        "changed  aistats_generated/openapi.json",
    ]


def test_our_own_description_can_be_said_in_newer_words() -> None:
    """The generator sees the same, word for word."""
    document = parse(read_file(generate.SOURCE), "openapi.yaml")
    old, _ = generator_view(older_words(document))
    new, _ = generator_view(older_words(newer(document)))
    assert plainly(new["paths"]) == plainly(old["paths"])
    assert plainly(schemas(new)) == plainly(schemas(old))


def plainly(node: Any) -> Any:
    """Leave out limits that no type has a word for, and which union keyword it is."""
    if isinstance(node, list):
        return [plainly(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {("anyOf" if key == "oneOf" else key): plainly(value) for key, value in node.items()}
    made.pop("minimum", None)
    if made.get("type") == "string" and None in made.get("enum", []):
        made["enum"] = [one for one in made["enum"] if one is not None]
    return made


def test_a_description_without_components_generates(tmp_path: Path) -> None:
    """Models are none, operations are there."""
    document = tiny()
    del document["components"], document["paths"]["/things"], document["security"]
    content = {"application/json": {"schema": {"type": "object", "additionalProperties": True}}}
    answer = {"200": {"description": "OK", "content": content}}
    document["paths"]["/things/{thing_id}"]["get"]["responses"] = answer
    counts = generate.generate(write(document, tmp_path), tmp_path / "generated")
    assert counts["operations"] == 1


def test_schemas_may_have_the_names_of_what_python_has(tmp_path: Path) -> None:
    """Each class is there, reads its fields, and hides nothing that its module needs."""
    document = tiny()
    names = ("Any", "Literal", "Ref", "File", "OtherObject", "List", "object")
    for name in names:
        schemas(document)[name] = {
            "type": "object",
            "required": ["any", "self"],
            "properties": {"any": {}, "list": {"type": "array", "items": TEXT}, "self": TEXT},
        }
    fields = schemas(document)["Thing"]["properties"]
    fields |= {f"odd_{name}": {"$ref": f"#/components/schemas/{name}"} for name in names}
    generate.generate(write(document, tmp_path), tmp_path / "generated")
    models = imported(tmp_path / "generated" / "aistats_generated")
    odd = {"any": 1, "self": "me", "list": ["a"], "x": 2}
    thing = models.Thing.from_dict({f"odd_{name}": odd for name in names})
    for wire, name in type(thing)._fields.by_wire.items():
        if wire.startswith("odd_"):
            found = getattr(thing, name)
            assert (found.any, found.self_, found.list) == (1, "me", ["a"])
            assert found.additional_properties == {"x": 2}


def imported(package: Path) -> Any:
    """Import the models of a generated package under a name of its own."""
    name = f"odd_{abs(hash(package)):x}"
    spec = importlib.util.spec_from_file_location(
        name, package / "__init__.py", submodule_search_locations=[str(package)]
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    importlib.sys.modules[name] = module  # type: ignore[attr-defined]
    spec.loader.exec_module(module)
    return importlib.import_module(f"{name}.models")


CLASH = {"allOf": [{"properties": {"a": TEXT}}, {"properties": {"a": {"type": "integer"}}}]}


@pytest.mark.parametrize(
    ("odd", "place"),
    [
        ({"type": "number", "enum": [1.5]}, "answer"),
        ({"$ref": "#/components/schemas/Nope"}, "answer"),
        ({"type": "weird"}, "body"),
        (CLASH, "body"),
        ({"type": "number", "enum": [1.5]}, "query"),
    ],
)
def test_an_error_names_the_operation(odd: dict[str, Any], place: str, tmp_path: Path) -> None:
    """Whatever cannot be generated is told by the operation or schema that holds it."""
    document = tiny()
    holder = {"application/json": {"schema": {"type": "object", "properties": {"odd_field": odd}}}}
    free = {"application/json": {"schema": {"type": "object"}}}
    operation: dict[str, Any] = {
        "operationId": "oddOperation",
        "tags": ["odd"],
        "summary": "Odd",
        "responses": {"200": {"description": "OK", "content": free}},
    }
    if place == "answer":
        operation["responses"]["200"]["content"] = holder
    elif place == "body":
        operation["requestBody"] = {"content": holder}
    else:
        operation["parameters"] = [{"name": "odd_field", "in": "query", "schema": odd}]
    document["paths"]["/odd"] = {"post": operation}
    with pytest.raises((ValueError, RuntimeError)) as refused:
        generate.generate(write(document, tmp_path), tmp_path / "generated")
    assert any(name in str(refused.value) for name in ("/odd", "oddOperation", "odd_operation"))
    assert "Traceback" not in str(refused.value)
