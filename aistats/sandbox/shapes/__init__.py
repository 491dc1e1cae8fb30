"""The sandbox's answers as JSON templates in the gateway's shapes, and the filler of their holes.

In a template `"{job.id}"` is a hole: it takes the value itself, whatever that is; between other
words it takes its text. `"{>money.price}"` is another template. A key that gets MISSING is left
out; a key that begins with three dots is no key: its object is spread.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

HOLE = re.compile(r"\{(>?[\w.]+)\}")


class _Missing:
    """Stands for a key that is to be absent from the answer."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()


@cache
def table(room: str) -> dict[str, Any]:
    """Return all templates of a room, or the data that it keeps beside them."""
    text = (files(__name__) / f"{room}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def fill(name: str, /, **values: Any) -> Any:
    """Return a template, named `room.shape`, with its holes filled."""
    room, _, shape = name.partition(".")
    return _filled(table(room)[shape], values)


def _filled(template: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(template, dict):
        filled: dict[str, Any] = {}
        for key, inner in template.items():
            value = _filled(inner, values)
            if key.startswith("..."):
                filled |= value
            elif value is not MISSING:
                filled[key] = value
        return filled
    if isinstance(template, list):
        return [_filled(inner, values) for inner in template]
    if isinstance(template, str):
        whole = HOLE.fullmatch(template)
        if whole:
            return _looked_up(whole[1], values)
        return HOLE.sub(lambda hole: str(_looked_up(hole[1], values)), template)
    return template


def _looked_up(path: str, values: Mapping[str, Any]) -> Any:
    if path.startswith(">"):
        return fill(path[1:], **values)
    found: Any = values
    for name in path.split("."):
        found = found[name] if isinstance(found, dict) else getattr(found, name)
    return found
