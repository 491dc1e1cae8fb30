"""Reading a stranger's JSON, and asking it for its shape in words that type checkers understand."""

from __future__ import annotations

import json
from typing import Any, Final, TypeGuard

DEEPEST: Final = 100
"""Levels of nesting that are read. Python reads some 900, but cannot print, copy or pickle them."""
_BRACKETS: Final = b"[]{}"
_OTHERS: Final = bytes(set(range(256)) - set(_BRACKETS))


class TooDeepError(ValueError):
    """JSON has more levels than `DEEPEST`."""


def read_json(text: str | bytes) -> Any:
    """Decode JSON; raises `ValueError` for what is none, or nests too deeply to be of use."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise TooDeepError from None
    if nests_deeply(text, value):
        raise TooDeepError
    return value


def nests_deeply(text: str | bytes, value: Any) -> bool:
    """Say whether `value`, which was read from `text`, has more than `DEEPEST` levels.

    Most texts are cleared by their brackets alone, much faster than reading them took.
    """
    if isinstance(text, str):
        if text.count("{") + text.count("[") <= DEEPEST:
            return False  # an event of a stream, as a rule
        text = text.encode("utf-8", "replace")
    brackets = text.translate(None, _OTHERS)
    if len(brackets) <= DEEPEST:
        return False
    for _ in range(DEEPEST):
        fewer = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if not fewer:
            return False
        if len(fewer) == len(brackets):
            break  # some are text, or it is no UTF-8: only the value can tell
        brackets = fewer
    return is_deep(value)


def is_deep(value: Any) -> bool:
    """Say whether JSON has more than `DEEPEST` levels."""
    level = [value]
    for _ in range(DEEPEST):
        level = [
            child
            for item in level
            if isinstance(item, dict | list)
            for child in (item.values() if isinstance(item, dict) else item)
        ]
    return bool(level)


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Say whether `value` is a JSON object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Say whether `value` is a JSON array."""
    return isinstance(value, list)


def object_of(value: object) -> dict[str, Any]:
    """Give `value` if it is a JSON object, else an empty one."""
    return value if is_object(value) else {}


def list_of(value: object) -> list[Any]:
    """Give `value` if it is a JSON array, else an empty one."""
    return value if is_list(value) else []


def text_of(value: object) -> str | None:
    """Give `value` if it is a string that is not empty."""
    return value if isinstance(value, str) and value else None


def whole_number(value: object) -> int | None:
    """Give `value` if it is a whole number; True is not one."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
