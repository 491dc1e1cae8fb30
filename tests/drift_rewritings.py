"""Other ways to write the same interface: none of them may be reported as drift."""

from __future__ import annotations

import copy
import json
import random
from typing import TYPE_CHECKING, Any, Final

from scripts.spec.facts import resolve
from scripts.spec.grammar import operations, references, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Container

Document = dict[str, Any]

UNORDERED: Final = ("required", "enum", "parameters", "oneOf", "anyOf", "allOf", "servers", "tags")


def schemas(document: Document) -> list[Document]:
    """Every schema object of a document, wherever the grammar allows one."""
    return [node for kind, node in walk(document) if kind == "schema"]


def in_any_order(node: Any, rng: random.Random, lists: Container[str] = UNORDERED) -> Any:
    """Shuffle keys, and the lists whose order means nothing."""
    if isinstance(node, list):
        return [in_any_order(item, rng, lists) for item in node]
    if not isinstance(node, dict):
        return node
    items = [(key, in_any_order(value, rng, lists)) for key, value in node.items()]
    rng.shuffle(items)
    for key, value in items:
        if key in lists and isinstance(value, list):
            rng.shuffle(value)
    return dict(items)


def shuffled(document: Document) -> Document:
    return dict(in_any_order(document, random.Random(11)))


def reworded(document: Document) -> Document:
    for schema in schemas(document):
        if "$ref" not in schema:
            schema |= {"title": "Other", "description": "Said otherwise", "example": "x", "x-a": 1}
    for _, _, operation in operations(document):
        operation |= {"summary": "s", "description": "d", "tags": ["t"], "x-b": {"c": 1}}
        for answer in operation["responses"].values():
            answer["description"] = "Said otherwise"
    return document | {"x-c": 1, "externalDocs": {"url": "https://x.test"}}


def defaults_written_out(document: Document) -> Document:
    assumed = {
        "object": {"additionalProperties": True, "required": []},
        "string": {"minLength": 0},
        "array": {"minItems": 0, "uniqueItems": False},
    }
    styles = {"query": "form", "path": "simple", "header": "simple"}
    for kind, node in walk(document):
        if kind == "schema" and "$ref" not in node:
            own = assumed.get(str(node.get("type")), {})
            defaults = {"nullable": False, "deprecated": False} | own
        elif kind == "operation":
            defaults = {"deprecated": False, "parameters": []}
        elif kind == "body":
            defaults = {"required": False}
        elif kind == "parameter":
            style = node.get("style", styles[node["in"]])
            defaults = {"style": style, "explode": style == "form", "required": False}
        else:
            defaults = {}
        node |= {key: value for key, value in defaults.items() if key not in node}
    return document


def references_inlined(document: Document) -> Document:
    """Replace every reference by what it leads to, until it would repeat itself."""

    def inline(node: Any, trail: tuple[str, ...]) -> Any:
        if isinstance(node, list):
            return [inline(item, trail) for item in node]
        if not isinstance(node, dict):
            return node
        reference = node.get("$ref")
        if isinstance(reference, str):
            if reference in trail:
                return dict(node)
            return inline(resolve(document, reference), (*trail, reference))
        return {key: inline(value, trail) for key, value in node.items()}

    return document | {"paths": inline(document["paths"], ())}


def everything_in_components(document: Document) -> Document:
    """Move every parameter, answer, body and inline schema of an operation to `components`."""
    components = document["components"]

    def moved(section: str, node: Any) -> Any:
        if "$ref" in node:
            return node
        named = components.setdefault(section, {})
        name = f"Moved{len(named)}"
        named[name] = node
        return {"$ref": f"#/components/{section}/{name}"}

    for _, _, operation in operations(document):
        answers = operation["responses"]
        for answer in answers.values():
            for media in answer.get("content", {}).values():
                media["schema"] = moved("schemas", media["schema"])
        operation["responses"] = {key: moved("responses", value) for key, value in answers.items()}
        if "parameters" in operation:
            operation["parameters"] = [moved("parameters", p) for p in operation["parameters"]]
        if "requestBody" in operation:
            operation["requestBody"] = moved("requestBodies", operation["requestBody"])
    return document


def schemas_renamed(document: Document) -> Document:
    text = json.dumps(document)
    for name in document["components"]["schemas"]:
        text = text.replace(f'"#/components/schemas/{name}"', f'"#/components/schemas/New{name}"')
    renamed: Document = json.loads(text)
    named = renamed["components"]["schemas"]
    renamed["components"]["schemas"] = {f"New{name}": value for name, value in named.items()}
    return renamed


def schemes_renamed(document: Document) -> Document:
    named = document["components"]["securitySchemes"]
    document["components"]["securitySchemes"] = {f"New{name}": node for name, node in named.items()}
    for owner in (document, *(operation for _, _, operation in operations(document))):
        if "security" in owner:
            owner["security"] = [
                {f"New{name}": scopes for name, scopes in way.items()} for way in owner["security"]
            ]
    return document


def security_on_each_operation(document: Document) -> Document:
    everywhere = document.pop("security")
    for _, _, operation in operations(document):
        operation.setdefault("security", copy.deepcopy(everywhere))
    return document


def parameters_on_the_path(document: Document) -> Document:
    for item in document["paths"].values():
        held = [item[method].get("parameters", []) for method in item if method != "parameters"]
        shared = [p for p in held[0] if all(p in others for others in held)]
        item["parameters"] = item.get("parameters", []) + shared
        for parameters in held:
            parameters[:] = [p for p in parameters if p not in shared]
    return document


def all_of_one(document: Document) -> Document:
    for schema in schemas(document):
        if "$ref" in schema:
            schema["allOf"] = [{"$ref": schema.pop("$ref")}]
    return document


def all_of_halves(document: Document) -> Document:
    """Split every object with several properties into two halves that both hold."""
    for schema in schemas(document):
        names = list(schema.get("properties", {}))
        if len(names) < 2 or schema.get("additionalProperties") is False or "oneOf" in schema:
            continue
        properties = schema.pop("properties")
        required = schema.pop("required", [])
        schema["allOf"] = schema.get("allOf", []) + [
            {
                "type": "object",
                "properties": {name: properties[name] for name in half},
                "required": [name for name in required if name in half],
            }
            for half in (names[::2], names[1::2])
        ]
        schema["required"] = [name for name in required if name not in properties]
    return document


def unions_of_one(document: Document) -> Document:
    for schema in schemas(document):
        if schema.get("type") == "string" and "nullable" not in schema:
            inner = dict(schema)
            schema.clear()
            schema["oneOf"] = [inner]
    return document


def recursion_unrolled(document: Document) -> Document:
    """Write the first level of every recursive schema out."""
    named = document["components"]["schemas"]
    for name, schema in list(named.items()):
        if f"#/components/schemas/{name}" in references(schema, "schema"):
            once = json.dumps(schema)
            own = f'{{"$ref": "#/components/schemas/{name}"}}'
            named[name] = json.loads(once.replace(own, once))
    return document


def unused_components_added(document: Document) -> Document:
    document["components"]["schemas"]["NobodyUsesThis"] = {"type": "string", "enum": ["a"]}
    document["components"]["securitySchemes"]["nobody"] = {"type": "http", "scheme": "basic"}
    return document


def slash_after_the_server(document: Document) -> Document:
    for server in document["servers"]:
        server["url"] += "/"
    return document


def headers_in_other_case(document: Document) -> Document:
    for _, _, operation in operations(document):
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "header":
                parameter["name"] = parameter["name"].upper()
        for answer in operation["responses"].values():
            if "headers" in answer:
                answer["headers"] = {name.swapcase(): v for name, v in answer["headers"].items()}
    return document


def headers_described_elsewhere(document: Document) -> Document:
    """Add header parameters that the specification says to ignore."""
    for _, _, operation in operations(document):
        operation["parameters"] = operation.get("parameters", []) + [
            {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
            for name in ("Accept", "Content-Type", "Authorization")
        ]
    return document


def media_types_in_other_words(document: Document) -> Document:
    for _, _, operation in operations(document):
        for answer in operation["responses"].values():
            if "content" in answer:
                content = answer["content"].items()
                answer["content"] = {f"{name.upper()}; charset=utf-8": v for name, v in content}
    return document


def in_the_words_of_3_1(document: Document) -> Document:
    """Write null as a type or a branch, values as constants, bounds, bytes as 3.1 does."""
    for schema in schemas(document):
        if len(schema.get("enum", ())) == 1 and "default" not in schema:
            schema["const"] = schema.pop("enum")[0]
        if schema.pop("exclusiveMinimum", False):
            schema["exclusiveMinimum"] = schema.pop("minimum")
        elif schema.get("type") == "integer" and "minimum" in schema:
            schema["exclusiveMinimum"] = schema.pop("minimum") - 1
        if schema.get("format") == "binary":
            schema["contentMediaType"] = "application/octet-stream"
            del schema["format"]
        if schema.pop("nullable", False) and schema:
            branches = {word: schema.pop(word) for word in ("allOf", "oneOf") if word in schema}
            if branches:
                schema["anyOf"] = [branches, {"type": "null"}]
            else:
                schema["type"] = [schema["type"], "null"]
                schema.update({"enum": [*schema["enum"], None]} if "enum" in schema else {})
    return document | {"openapi": "3.1.0"}


def with_unions_that_say_nothing(document: Document) -> Document:
    for schema in schemas(document):
        if "$ref" not in schema and "anyOf" not in schema:
            schema["anyOf"] = [{}, {"type": "string"}]
    return document


REWRITINGS: Final[dict[str, Callable[[Document], Document]]] = {
    rewrite.__name__: rewrite
    for rewrite in (
        shuffled, reworded, defaults_written_out, references_inlined,
        everything_in_components, schemas_renamed, schemes_renamed, security_on_each_operation,
        parameters_on_the_path, all_of_one, all_of_halves, unions_of_one, recursion_unrolled,
        unused_components_added, slash_after_the_server, headers_in_other_case,
        headers_described_elsewhere, media_types_in_other_words, in_the_words_of_3_1,
        with_unions_that_say_nothing,
    )
}  # fmt: skip
