"""Asking JSON, or a model of it, for what it may not have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

JSONObject: TypeAlias = Mapping[str, Any]
"""What an object of JSON says, or the arguments of a call that become one."""


def pick(facts: Any, *path: str | int) -> Any:
    """Follow `path` through JSON objects and models; None where it ends early."""
    for name in path:
        if facts.__class__ is dict:  # most are, and an exception costs five times as much
            facts = facts.get(name)
            continue
        try:
            facts = facts[name]
        except (KeyError, TypeError, IndexError, AttributeError):
            return None
    return facts


def list_of(value: object) -> list[Any]:
    """Give `value` if it is a JSON array, else an empty one."""
    return value if isinstance(value, list) else []
