"""Refuses a description whose names could become something else than names in generated code.

The description comes from strangers and goes through a code generator. Its escaping is good but
has failed before, so every text that reaches a source file must also look like what it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from scripts.generator.walk import Json, Place, places

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH: Final = re.compile(r"(/([A-Za-z0-9][A-Za-z0-9._-]*|\{[a-z][a-z0-9_]*\}))+")
WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}")
TAG: Final = re.compile(r"[A-Za-z][A-Za-z0-9 _-]{0,49}")
FIELD: Final = re.compile(r"[A-Za-z_$@][A-Za-z0-9_$@.:/-]{0,99}(\[\])?")
VALUE: Final = re.compile(r"[A-Za-z0-9_.:/+()<>*@#,=~ -]{0,200}")
MEDIA_TYPE: Final = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+*-]+")
STATUS: Final = re.compile(r"[1-5]([0-9]{2}|XX)|default")
REFERENCE: Final = re.compile(r"#/components/[A-Za-z]+/[A-Za-z][A-Za-z0-9_]*")
PROSE: Final = re.compile(
    r'(?!.*("""|\'\'\'))[^\\\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]*', re.DOTALL
)

# What a map's keys must look like, by the kind of its holder and its keyword.
KEYS: Final = {
    ("document", "paths"): PATH,
    ("operation", "responses"): STATUS,
    ("components", "schemas"): WORD,
    ("components", "parameters"): WORD,
    ("components", "responses"): WORD,
    ("components", "requestBodies"): WORD,
    ("components", "headers"): WORD,
    ("components", "securitySchemes"): WORD,
    ("schema", "properties"): FIELD,
    ("body", "content"): MEDIA_TYPE,
    ("response", "content"): MEDIA_TYPE,
    ("response", "headers"): FIELD,
    ("media", "encoding"): FIELD,
}
# What a text, or each text of a list, must look like.
TEXTS: Final = {
    "$ref": REFERENCE,
    "operationId": WORD,
    "tags": TAG,
    "name": FIELD,
    "enum": VALUE,
    "const": VALUE,
    "default": VALUE,
    "required": FIELD,
    "type": WORD,
    "format": TAG,
    "summary": PROSE,
    "description": PROSE,
    "title": PROSE,
}


class NameRefusedError(ValueError):
    """A text of the description is not of the alphabet of its place."""


def check_names(document: Json) -> int:
    """Refuse the first text that is out of its alphabet; return how many were looked at."""
    count = 0
    for where, pattern, text in _texts(document):
        count += 1
        if not pattern.fullmatch(text):
            message = (
                f"{where}: {text[:80]!r} is not what belongs there ({pattern.pattern}). "
                "If it is honest, widen the pattern in scripts/generator/names.py; "
                "if not, do not generate from this description."
            )
            raise NameRefusedError(message)
    return count


def _texts(document: Json) -> Iterator[tuple[str, re.Pattern[str], str]]:
    root = Place("document", document, (), None, "")
    for place in (*places(document), root):
        for key, value in place.node.items():
            where = f"{place.where}/{key}"
            keys = KEYS.get((place.kind, key))
            if keys is not None:
                yield from ((where, keys, str(name)) for name in value)
            elif key in TEXTS and place.kind != "document":
                yield from ((where, TEXTS[key], text) for text in _strings(value))


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str)]
