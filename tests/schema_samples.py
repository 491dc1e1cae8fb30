"""Makes JSON that a schema of openapi.yaml allows, for the tests of the generated package."""

from __future__ import annotations

import random
import re
from typing import Any

Json = dict[str, Any]
TEXTS = {
    "date-time": "2026-03-01T12:30:00.5Z",
    "date": "2026-03-01",
    "uuid": "0b9f8c8e-7f5a-4c59-9d0f-3a8b6a1f2c3d",
    "uri": "https://example.com/a.png",
    "binary": "bytes",
}


def is_null_allowed(schema: Json) -> bool:
    """Say whether OpenAPI 3.0 allows null: `nullable` means nothing without a type beside it."""
    allowed = bool(schema.get("nullable")) and "type" in schema
    return allowed and None in schema.get("enum", [None])


class Samples:
    """Samples of one description; the same seed gives the same samples."""

    def __init__(self, document: Json, seed: int, *, depth: int = 7) -> None:
        self.document = document
        self.random = random.Random(seed)
        self.depth = depth

    def resolve(self, node: Json) -> Json:
        """Follow references."""
        while "$ref" in node:
            target: Any = self.document
            for key in node["$ref"].removeprefix("#/").split("/"):
                target = target[key]
            node = target
        return node

    def of(self, schema: Json, level: int = 0) -> Any:
        """Make one value; fields that need not be there get rarer with depth."""
        schema = self.resolve(schema)
        if is_null_allowed(schema) and self.random.random() < 0.15:
            return None
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        for keyword in ("oneOf", "anyOf"):
            if keyword in schema and "properties" not in schema:
                return self.of(self.random.choice(schema[keyword]), level)
        if "allOf" in schema:
            return self.merged(schema, level)
        make = getattr(
            self, f"_{schema.get('type', 'object' if 'properties' in schema else 'any')}"
        )
        return make(schema, level)

    def merged(self, schema: Json, level: int) -> Any:
        """Make an object that satisfies every part of an `allOf`."""
        parts = [self.of(part, level) for part in schema["allOf"]]
        if not all(isinstance(part, dict) for part in parts):
            return parts[0]
        own = self._object(schema, level) if "properties" in schema else {}
        return {key: value for part in (*parts, own) for key, value in part.items()}

    def _object(self, schema: Json, level: int) -> Json:
        required = set(schema.get("required", ()))
        for keyword in ("anyOf", "oneOf"):
            required |= set(schema[keyword][0].get("required", ())) if keyword in schema else set()
        chance = 1 - level / self.depth
        made = {
            name: self.of(field, level + 1)
            for name, field in schema.get("properties", {}).items()
            if name in required or self.random.random() < chance
        }
        while len(made) > schema.get("maxProperties", len(made)):
            made.pop(self.random.choice([name for name in made if name not in required]))
        extra = schema.get("additionalProperties")
        if isinstance(extra, dict):
            made["sample-key"] = self.of(extra, level + 1)
        return made

    def _array(self, schema: Json, level: int) -> list[Any]:
        least = schema.get("minItems", 0)
        wanted = max(least, 2 if level < self.depth else 0)
        return [self.of(schema.get("items", {}), level + 1) for _ in range(wanted)]

    def _string(self, schema: Json, level: int) -> str:
        number = self.random.randrange(1000)
        texts = [TEXTS.get(schema.get("format", ""), f"text {number}"), f"text-{number}", "TEXT_A"]
        text: str = next(one for one in texts if re.search(schema.get("pattern", ""), one))
        text += "x" * max(0, schema.get("minLength", 0) - len(text))
        longest: int = schema.get("maxLength", len(text))
        return text[:longest]

    def _integer(self, schema: Json, level: int) -> int:
        low = int(schema.get("minimum", 0))
        return self.random.randint(low, int(schema.get("maximum", low + 100)))

    def _number(self, schema: Json, level: int) -> float:
        low = float(schema.get("minimum", 0))
        return low + (float(schema.get("maximum", low + 4)) - low) / 4

    def _boolean(self, schema: Json, level: int) -> bool:
        return self.random.random() < 0.5

    def _any(self, schema: Json, level: int) -> Any:
        return self.random.choice([{"free": [1, None, {"deep": True}]}, [1, "two"], "text", 3.5])
