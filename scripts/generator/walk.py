"""Visits a description by position: a property called `format` is not the keyword `format`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scripts.spec.grammar import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]


class Place(NamedTuple):
    """One object of the description: what kind it is, where it stands, and what holds it."""

    kind: str
    node: Json
    pointer: tuple[str, ...]
    holder: Any
    key: str | int

    @property
    def where(self) -> str:
        """Name the place for a person."""
        return "/".join(self.pointer) or "the document"

    def replace(self, node: Json) -> None:
        """Put another object in its place."""
        self.holder[self.key] = node


def places(document: Json) -> Iterator[Place]:
    """Yield every object of the description that the grammar knows, what is inside first."""
    yield from _inside("document", document, ())


def schemas(document: Json) -> list[Place]:
    """List every schema, inner ones first; a copy, so that steps may replace what they visit."""
    return [place for place in places(document) if place.kind == "schema"]


def resolve(document: Json, node: Json) -> Json:
    """Follow references within the document until something else stands there."""
    while "$ref" in node:
        target: Any = document
        for key in node["$ref"].removeprefix("#/").split("/"):
            if key not in target:
                raise ValueError(f"{node['$ref']} points at nothing")
            target = target[key]
        node = target
    return node


def _inside(kind: str, node: Json, pointer: tuple[str, ...]) -> Iterator[Place]:
    for key, rule in KINDS[kind].items():
        child_kind = rule.strip("[]{}<>")
        if key not in node or child_kind not in KINDS:
            continue
        value = node[key]
        if rule == child_kind:
            children = [(node, key, value, (*pointer, key))]
        else:
            pairs = enumerate(value) if rule.startswith("[") else value.items()
            children = [(value, at, child, (*pointer, key, str(at))) for at, child in list(pairs)]
        for holder, at, child, inner in children:
            if isinstance(child, dict):
                yield from _inside(child_kind, child, inner)
                yield Place(child_kind, child, inner, holder, at)
