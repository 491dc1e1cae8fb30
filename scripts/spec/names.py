"""Give inline schemas that carry `x-name` a place of their own in `components`.

The classes of the generated client are named after components; an inline schema would get a name
made of its place, such as GetHealthResponse200.
"""

from __future__ import annotations

from typing import Any, Final

from scripts.spec.grammar import Node, SpecError

KEY: Final = "x-name"


def hoist(document: Node) -> Node:
    """Move each schema marked with `x-name` to the component of that name, and refer to it."""
    components: Node = {**document.get("components", {})}
    schemas = components.setdefault("schemas", {})

    def moved(node: Any) -> Any:
        if isinstance(node, list):
            return [moved(item) for item in node]
        if not isinstance(node, dict):
            return node
        kept = {key: moved(value) for key, value in node.items() if key != KEY}
        if KEY not in node:
            return kept
        name = node[KEY]
        if schemas.setdefault(name, kept) != kept:
            raise SpecError(f"{KEY}: two different schemas are to be called {name}")
        return {"$ref": f"#/components/schemas/{name}"}

    paths = moved(document["paths"])
    return {**document, "paths": paths, "components": components}
