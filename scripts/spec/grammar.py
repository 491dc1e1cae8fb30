"""Which keyword of an OpenAPI document stands where, and what it holds.

One table serves everything that walks a document: stripping prose by position (a *property* named
`description` is data, the *keyword* is prose), the canonical order of keys, and finding references.

A rule is a word of this small language:

=============  ==============================================================
`data`         kept as it is
`dropped`      prose, examples and tool hints: never taken over from upstream
`schema`       one object of that kind (any key of `KINDS`)
`[schema]`     a list of them
`{schema}`     a map of them, whose keys are names (data)
`<path>`       a map of them whose `x-...` keys are extensions
=============  ==============================================================
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = dict[str, Any]


def _rule(word: str) -> tuple[str, str]:
    """Read a word of the table: `name` is data, `name-` dropped, `name:rule` what the rule says."""
    name, _, rule = word.partition(":")
    return name.removesuffix("-"), rule or ("dropped" if name.endswith("-") else "data")


# The order of the keys inside a kind is the order in which `openapi.yaml` writes them.
KINDS: Final[dict[str, dict[str, str]]] = {
    kind: dict(_rule(word) for word in words.split())
    for kind, words in {
        "document": """
            openapi $self- jsonSchemaDialect- info- externalDocs- servers:[server] security
            tags- paths:<path> webhooks:{path} components:components
        """,
        "server": "url name- description- variables:{variable}",
        "variable": "default enum description-",
        "components": """
            securitySchemes:{security-scheme} parameters:{parameter} headers:{header}
            requestBodies:{body} responses:{response} schemas:{schema} pathItems:{path}
            examples- links- callbacks- mediaTypes:{media}
        """,
        "security-scheme": """
            $ref type scheme bearerFormat- in name description- deprecated flows:{flow}
            openIdConnectUrl oauth2MetadataUrl
        """,
        "flow": "authorizationUrl deviceAuthorizationUrl tokenUrl refreshUrl scopes:scopes",
        "path": """
            $ref summary- description- servers:[server] parameters:[parameter] get:operation
            put:operation post:operation delete:operation options:operation head:operation
            patch:operation trace:operation query:operation
        """,
        "operation": """
            operationId summary- description- externalDocs- tags- deprecated servers:[server]
            security parameters:[parameter] requestBody:body responses:<response> callbacks-
        """,  # callbacks: requests that the server makes, no part of a client
        "parameter": """
            $ref name in summary- description- required deprecated allowEmptyValue allowReserved
            style explode schema:schema content:{media} example- examples-
        """,
        "header": """
            $ref summary- description- required deprecated allowEmptyValue style explode
            schema:schema content:{media} example- examples-
        """,
        "body": "$ref summary- description- required content:{media}",
        "response": "$ref summary- description- headers:{header} content:{media} links-",
        "media": """
            $ref schema:schema itemSchema:schema encoding:{encoding} example- examples-
        """,
        "encoding": "contentType headers:{header} style explode allowReserved",
        "schema": """
            $ref title- description- type format nullable enum const default pattern minimum
            exclusiveMinimum maximum exclusiveMaximum multipleOf minLength maxLength minItems
            maxItems uniqueItems minProperties maxProperties readOnly writeOnly deprecated
            contentEncoding contentMediaType discriminator:discriminator required
            properties:{schema} patternProperties:{schema} additionalProperties:schema
            propertyNames:schema items:schema prefixItems:[schema] allOf:[schema] anyOf:[schema]
            oneOf:[schema] not:schema $defs:{schema} if:schema then:schema else:schema
            contains:schema minContains maxContains dependentRequired dependentSchemas:{schema}
            unevaluatedItems:schema unevaluatedProperties:schema $schema- $id- $anchor- example-
            examples- externalDocs- xml- $comment-
        """,
        "discriminator": "propertyName mapping defaultMapping",
        "scopes": "",  # scope names are data, the texts beside them are prose
    }.items()
}

METHODS: Final = tuple(word for word, rule in KINDS["path"].items() if rule == "operation")


class SpecError(Exception):
    """The document, the overlay or the place they came from cannot be used; the text says why."""


def walk(node: Any, rule: str = "document") -> Iterator[tuple[str, Node]]:
    """Yield (kind, object) for every object that stands where the table allows one."""
    shape, kind = rule[0], rule.strip("[]{}<>")
    if shape in "[{<":
        for item in node.values() if isinstance(node, dict) else node or ():
            yield from walk(item, kind)
    elif isinstance(node, dict) and kind in KINDS:
        yield kind, node
        for key, value in list(node.items()):
            child = KINDS[kind].get(key, "dropped")
            if child not in ("data", "dropped"):
                yield from walk(value, child)


def references(node: Any, rule: str = "document") -> Iterator[str]:
    """Yield every reference, those of discriminators and security included, as `#/...`."""
    for kind, found in walk(node, rule):
        if kind in ("document", "operation"):
            schemes = (name for way in found.get("security") or () for name in way)
            yield from (f"#/components/securitySchemes/{name}" for name in schemes)
        if isinstance(found.get("$ref"), str):
            yield found["$ref"]
        if kind == "discriminator":
            yield from mapped(found).values()


def mapped(discriminator: Node) -> dict[str, str]:
    """Which value of a discriminator leads where: a mapping may name a schema, or refer to it."""
    written = dict(discriminator.get("mapping", {}))
    if "defaultMapping" in discriminator:
        written["any other"] = discriminator["defaultMapping"]
    return {
        value: name if re.search("[/#]", str(name)) else f"#/components/schemas/{name}"
        for value, name in written.items()
    }


def discriminated(schemas: Node) -> dict[str, list[str]]:
    """Which schemas are the children of one with a discriminator: those made of it by `allOf`."""
    children: dict[str, list[str]] = {}
    for name, schema in schemas.items():
        for part in schema.get("allOf", ()) if isinstance(schema, dict) else ():
            parent = str(part.get("$ref")) if isinstance(part, dict) else ""
            if "discriminator" in (schemas.get(parent.rpartition("/")[2]) or {}):
                children.setdefault(parent, []).append(f"#/components/schemas/{name}")
    return children


def operations(document: Node) -> Iterator[tuple[str, str, Node]]:
    """Yield (method, path, operation) of a document in its own order."""
    paths = document.get("paths")
    if not isinstance(paths, dict):
        return
    for path, item in paths.items():
        if isinstance(item, dict) and path.startswith("/"):
            for method in METHODS:
                operation = item.get(method)
                if isinstance(operation, dict):
                    yield method, path, operation
