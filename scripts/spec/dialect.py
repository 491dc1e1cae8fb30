"""Say in the words of OpenAPI 3.0 what 3.1 and 3.2 say in others.

One overlay, one comparison and one generator then read all of them, and a description that only
moves to a newer version gives the same `openapi.yaml`. What 3.0 has no words for (webhooks, tuples)
stays as it is; such a document is written in the words of its own version again.
"""

from __future__ import annotations

from typing import Any, Final

from scripts.spec.grammar import KINDS, Node, walk

VERSION: Final = "3.0.3"
NEWER_VERSIONS: Final = ("3.1.", "3.2.")
EXCLUSIVE: Final = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
_NUMBER: Final = "minimum exclusiveMinimum maximum exclusiveMaximum multipleOf format"
WORDS_OF: Final = {
    kind: words.split()
    for kind, words in {
        "number": _NUMBER,
        "integer": _NUMBER,
        "string": "minLength maxLength pattern format contentEncoding contentMediaType",
        "array": "items prefixItems contains minItems maxItems uniqueItems",
        "object": """
            properties required additionalProperties minProperties maxProperties patternProperties
            propertyNames discriminator
        """,
        "boolean": "",
    }.items()
}
COMPOSING: Final = frozenset({"$ref", "allOf", "anyOf", "oneOf", "if", "dependentSchemas"})
# What 3.0 cannot say, by kind of object.
NEWER: Final = {
    kind: frozenset(words.split())
    for kind, words in {
        "document": "webhooks",
        "components": "pathItems mediaTypes",
        "path": "query",
        "media": "itemSchema $ref",
        "security-scheme": "deprecated oauth2MetadataUrl",
        "flow": "deviceAuthorizationUrl",
        "discriminator": "defaultMapping",
        "schema": """
            prefixItems patternProperties propertyNames if then else contains minContains
            maxContains dependentRequired dependentSchemas $defs unevaluatedItems
            unevaluatedProperties contentEncoding contentMediaType
        """,
    }.items()
}


def version_of(document: Node) -> str:
    """The version that a document needs: a newer one only for what 3.0 cannot say."""
    version = str(document.get("openapi"))
    needs = any(_is_newer(kind, node) for kind, node in walk(document))
    return version if needs or not version.startswith(NEWER_VERSIONS) else VERSION


def settled(document: Node) -> Node:
    """Give a document the version that it needs, and write it in the words of that."""
    document = document | {"openapi": version_of(document)}
    newer = document["openapi"].startswith(NEWER_VERSIONS)
    return _schemas(document, "document", lifted) if newer else document


def _is_newer(kind: str, node: Node) -> bool:
    only_there = node.get("type") == "mutualTLS" or node.get("in") == "querystring"
    return bool(NEWER.get(kind, frozenset()) & node.keys()) or (kind != "schema" and only_there)


def _schemas(node: Any, rule: str, change: Any) -> Any:
    """Copy a document with every schema changed, the inner ones first."""
    shape, kind = rule[0], rule.strip("[]{}<>")
    if shape == "[" and isinstance(node, list):
        return [_schemas(item, kind, change) for item in node]
    if shape in "{<" and isinstance(node, dict):
        return {name: _schemas(item, kind, change) for name, item in node.items()}
    if not isinstance(node, dict) or kind not in KINDS:
        return node
    table = KINDS[kind]
    copied = {key: _schemas(value, table.get(key, "data"), change) for key, value in node.items()}
    return change(copied) if kind == "schema" else copied


def null_schema() -> Node:
    """What `type: 'null'` is in the words of 3.0."""
    return {"nullable": True, "enum": [None]}


# --- to the words of 3.0 ------------------------------------------------------------------------


def lowered(schema: Node) -> Node:
    """Rewrite a schema whose parts are rewritten already; what is in 3.0's words stays."""
    schema = {key: value for key, value in schema.items() if not _says_nothing(key, value, schema)}
    if "$ref" in schema and len(schema) > 1:
        schema["allOf"] = [{"$ref": schema.pop("$ref")}, *schema.get("allOf", ())]
    if "const" in schema:
        schema["enum"] = [schema.pop("const")]
    if schema.get("unevaluatedProperties") is False and not COMPOSING & schema.keys():
        schema.setdefault("additionalProperties", schema.pop("unevaluatedProperties"))
    for strict, word in EXCLUSIVE.items():
        bound, sign = schema.get(strict), 1 if word == "minimum" else -1
        if bound is not None and not isinstance(bound, bool):
            schema[strict] = word not in schema or sign * bound >= sign * schema[word]
            schema[word] = bound if schema[strict] else schema[word]
    return _unions_without_null(_typed(_encoded(schema)))


def _says_nothing(word: str, value: Any, schema: Node) -> bool:
    if word in ("minContains", "maxContains"):
        return "contains" not in schema
    if word in ("then", "else"):
        return "if" not in schema
    if word == "if":
        return not {"then", "else"} & schema.keys()
    return word in NEWER["schema"] - {"contains"} and value in ({}, [], True)


def _encoded(schema: Node) -> Node:
    """Binary content and base64 texts are formats in 3.0."""
    encoding, media = schema.get("contentEncoding"), schema.get("contentMediaType")
    if "format" in schema or media not in (None, "application/octet-stream"):
        return schema
    known = {"base64": "byte", "binary": "binary", None: "binary" if media else None}
    if not known.get(encoding):
        return schema
    rest = {key: schema[key] for key in schema if not key.startswith("content")}
    return {"type": "string"} | rest | {"format": known[encoding]}


def _typed(schema: Node) -> Node:
    """Turn a list of types into one type, `nullable`, or a union."""
    written = schema.get("type")
    names: list[Any] = list(dict.fromkeys(written if isinstance(written, list) else [written]))
    if not isinstance(written, list) and written != "null":
        return schema
    del schema["type"]
    null = "null" in names
    kinds = [
        name for name in names if name != "null" and not (name == "integer" and "number" in names)
    ]
    if null and not kinds:
        return schema | null_schema()
    if null:
        schema["nullable"] = True
        values = [value for value in schema.get("enum", ()) if value is not None]
        schema |= {"enum": values or [None]} if "enum" in schema else {}
    if len(kinds) == 1:
        return {"type": kinds[0]} | schema
    if len(kinds) == len(WORDS_OF) - 1:
        return schema
    own = {word for words in WORDS_OF.values() for word in words}
    branches = [
        {"type": kind} | {word: schema[word] for word in WORDS_OF.get(kind, ()) if word in schema}
        for kind in kinds
    ]
    rest = {key: value for key, value in schema.items() if key not in own}
    if "anyOf" in rest:
        return rest | {"allOf": [*rest.get("allOf", ()), {"anyOf": branches}]}
    return rest | {"anyOf": branches}


def _unions_without_null(schema: Node) -> Node:
    """Take the branch for null out of a union: beside one, `nullable` says the same."""
    for word in ("anyOf", "oneOf"):
        branches = schema.get(word, [])
        others = [branch for branch in branches if branch != null_schema()]
        if len(others) == len(branches) or not others or {"type", "allOf", "enum"} & schema.keys():
            continue
        del schema[word]
        if len(others) > 1:
            schema[word] = others
        elif "$ref" in others[0]:
            schema["allOf"] = others
        elif others[0].keys() & schema.keys():
            schema[word] = others
        else:
            schema |= others[0]
        schema["nullable"] = True
    return schema


# --- and back -----------------------------------------------------------------------------------


def lifted(schema: Node) -> Node:
    """Rewrite a schema in the words of 3.1; what is in them already stays."""
    schema = dict(schema)
    for strict, word in EXCLUSIVE.items():
        if isinstance(schema.get(strict), bool) and schema.pop(strict) and word in schema:
            schema[strict] = schema.pop(word)
    if not schema.pop("nullable", False):
        return schema
    if isinstance(schema.get("type"), str):
        schema["type"] = [schema["type"], "null"]
    elif schema.get("enum") == [None] and len(schema) == 1:
        return {"type": "null"}
    elif unions := {
        word: schema.pop(word) for word in ("allOf", "anyOf", "oneOf") if word in schema
    }:
        return schema | {"anyOf": [unions, {"type": "null"}]}
    if "enum" in schema and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    return schema
