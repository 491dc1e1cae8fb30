"""How a model is printed: one line, whatever it holds, what matters first, and no secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from .types import ApiModel

FIRST: Final = (
    *("id", "type", "role", "status", "name", "model", "finish_reason", "message", "delta"),
    *("content", "text", "choices", "output", "data", "results", "error", "usage"),
)
LONGEST_LINE: Final = 400
LONGEST_TEXT: Final = 80
MOST_ITEMS: Final = 3
DEEPEST: Final = 4

# What may not be printed: the secret of a key, and the query of an address, if it is signed.
_SECRET: Final = re.compile(
    r"(_v1_[sm]k_[A-Za-z0-9]+_|\bwhsec_|\b[Bb]earer )[^\s'\"]+|(https?://[^\s?'\"]+\?)[^\s'\"]+"
)
_BASE64: Final = re.compile(r"(data:[\w/+.-]+;base64,)?[A-Za-z0-9+/_-]{120,}={0,2}")


def line(model: ApiModel) -> str:
    """Print a model on one line."""
    return _cut(_brief(model, 0), "…)")


def pretty(model: ApiModel, printer: Any, cycle: bool) -> None:
    """Print a model for IPython: a line for each field where one line would be too long."""
    with printer.group(4, f"{type(model).__name__}(", ")"):
        for number, (name, value) in enumerate(() if cycle else _fields(model)):
            if number:
                printer.text(",")
            printer.breakable(" " if number else "")
            printer.text(_cut(f"{name}={_brief(value, 1)}", "…"))


def _fields(model: ApiModel) -> Iterator[tuple[str, Any]]:
    names = model._fields.by_wire
    shown = {names.get(wire, wire): model.get(wire) for wire in model.to_dict()}
    for name in sorted(shown, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST)):
        if shown[name] is not None:
            yield name, shown[name]


def _brief(value: Any, depth: int) -> str:
    if isinstance(value, str):
        return _brief_text(value)
    if isinstance(value, bytes | bytearray):
        return f"<{len(value):,} bytes>"
    if depth >= DEEPEST and isinstance(value, ApiModel | list | dict):
        return f"{type(value).__name__}(…)" if isinstance(value, ApiModel) else "…"
    if isinstance(value, ApiModel):
        fields = (f"{name}={_brief(one, depth + 1)}" for name, one in _fields(value))
        return f"{type(value).__name__}({', '.join(fields)})"
    if isinstance(value, list):
        return f"[{', '.join(_some([_brief(one, depth + 1) for one in value[:MOST_ITEMS]], value))}]"
    if isinstance(value, dict):
        head = [(key, value[key]) for key in list(value)[:MOST_ITEMS]]
        some = [f"{key!r}: {_brief(one, depth + 1)}" for key, one in head]
        return "{" + ", ".join(_some(some, value)) + "}"
    return repr(value)


def _some(shown: list[str], whole: Any) -> list[str]:
    return shown if len(whole) <= len(shown) else [*shown, f"… {len(whole):,} in all"]


def _brief_text(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return repr(text)
    found = _BASE64.fullmatch(text)
    if found:
        start = found[1] or ""
        return f"<{start or 'base64, '}{(len(text) - len(start)) * 3 // 4:,} bytes>"
    return f"{text[: LONGEST_TEXT - 20]!r}… ({len(text):,} characters)"


def _cut(text: str, end: str) -> str:
    text = _SECRET.sub(r"\1\2***", text)
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - len(end)] + end
