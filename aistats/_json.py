"""Asking JSON, or a model of it, for what it may not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def pick(facts: Any, *path: str | int) -> Any:
    """Follow `path` through JSON objects and models; None where it ends early."""
    for name in path:
        try:
            facts = facts[name]
        except (KeyError, TypeError, IndexError, AttributeError):
            return None
    return facts


def request_id_in(facts: Mapping[str, Any]) -> str | None:
    """Give the gateway's request id out of a JSON body."""
    for name in ("generation_id", "request_id", "requestId"):
        value = facts.get(name)
        if isinstance(value, str) and value and value != "unknown":
            return value
    return None


def list_of(value: object) -> list[Any]:
    """Give `value` if it is a JSON array, else an empty one."""
    return value if isinstance(value, list) else []


def whole_number(value: object) -> int | None:
    """Give `value` if it is a whole number; True is not one."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
