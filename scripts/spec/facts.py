"""Keep the interface facts of an OpenAPI document and drop everything that is prose.

What stays is decided by position (see `grammar.KINDS`): nothing that the table does not name as a
fact can pass, so no sentence of upstream's reaches this repository.
"""

from __future__ import annotations

import copy
from http import HTTPStatus
from typing import Any, Final

from scripts.spec import dialect
from scripts.spec.grammar import KINDS, Node, SpecError, mapped

# Where a truth value stands for a schema in OpenAPI 3.0 already.
TRUTH_VALUES: Final = ("/additionalProperties", "/unevaluatedProperties", "/unevaluatedItems")


def facts(document: Node) -> Node:
    """Return a copy of `document` that holds interface facts only, in the words of OpenAPI 3.0."""
    kept = _object(document, "document", "#", document["openapi"].startswith("3.0"))
    kept = {key: value for key, value in kept.items() if value not in ({}, [])}
    return kept | {"openapi": dialect.version_of(kept)}


def _object(node: Any, kind: str, at: str, old: bool) -> Any:
    if kind == "scopes":
        return dict.fromkeys(_mapping(node, at), "")
    if isinstance(node, bool) and kind == "schema":
        return node if old or at.endswith(TRUTH_VALUES) else {} if node else {"not": {}}
    kept = _kept(node, kind, at, old)
    if kind == "discriminator":
        for target in mapped(kept).values():
            _require_local(target, at)
    if "$ref" in kept:
        kept = _reference(kept, kind, at, old)
    elif kind == "response":
        kept |= _phrase(at)
    if kind != "schema":
        return kept
    if not old and any(isinstance(kept.get(word), bool) for word in dialect.EXCLUSIVE):
        raise SpecError(f"{at} has an exclusive bound in the words of OpenAPI 3.0")
    return dialect.lowered(kept)


def _kept(node: Any, kind: str, at: str, old: bool) -> Node:
    table, kept = KINDS[kind], {}
    for key, value in _mapping(node, at).items():
        if key.startswith("x-"):
            continue
        rule = table.get(key)
        if rule is None:
            raise SpecError(f"{at} has the keyword {key!r}, which scripts/spec/grammar.py lacks")
        if rule != "dropped":
            kept[key] = _value(value, rule, f"{at}/{escape(key)}", old)
    return kept


def _mapping(node: Any, at: str) -> Node:
    if not isinstance(node, dict):
        raise SpecError(f"{at} is a {type(node).__name__} where an object is due")
    return node


def _value(value: Any, rule: str, at: str, old: bool) -> Any:
    shape, kind = rule[0], rule.strip("[]{}<>")
    if shape == "[":
        if not isinstance(value, list):
            raise SpecError(f"{at} is a {type(value).__name__} where a list is due")
        return [_object(item, kind, f"{at}/{i}", old) for i, item in enumerate(value)]
    if shape in "{<":
        named = _mapping(value, at).items()
        return {
            name: _object(item, kind, f"{at}/{escape(name)}", old)
            for name, item in named
            if shape == "{" or not name.startswith("x-")
        }
    # A copy each time: an anchor of the source must not tie two places of the result together.
    return copy.deepcopy(value) if kind == "data" else _object(value, kind, at, old)


def _reference(node: Node, kind: str, at: str, old: bool) -> Node:
    target = node["$ref"]
    _require_local(target, at)
    # OpenAPI 3.0 says to ignore what stands beside a reference; 3.1 gives it meaning in schemas.
    return {"$ref": target} if old or kind != "schema" else node


def _require_local(target: Any, at: str) -> None:
    if not isinstance(target, str) or not target.startswith("#/"):
        raise SpecError(f"{at} refers to {target!r}: only references within the document are read")


def _phrase(at: str) -> Node:
    """A response needs a description; the registered phrase of its status is nobody's prose."""
    status = at.rpartition("/")[2]
    return {"description": status_phrase(status)}


def status_phrase(status: str) -> str:
    """Name a status code or range, for example `Not Found` for 404."""
    ranges = {"4XX": "Client Error", "5XX": "Server Error", "2XX": "Success"}
    if not status.isdigit():
        return ranges.get(status, status)
    try:
        return HTTPStatus(int(status)).phrase
    except ValueError:
        return status


def escape(name: str) -> str:
    """Write a key as one step of a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def resolve(document: Node, reference: str) -> Any:
    """Follow a `#/...` reference; a dangling one is a `SpecError`."""
    node: Any = document
    for step in reference[2:].split("/"):
        key = step.replace("~1", "/").replace("~0", "~")
        try:
            node = node[int(key)] if isinstance(node, list) else node[key]
        except (KeyError, IndexError, ValueError, TypeError):
            raise SpecError(f"the reference {reference} leads nowhere") from None
    return node
