"""The checks of numbers and flags that callers give, written once.

Each is an attrs validator for a field; the error names the class, the field and the range.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeGuard

from aistats.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from attrs import Attribute

    Field = Attribute[Any]
    Validator = Callable[[Any, Field, Any], None]

LONGEST = 1e9  # seconds, some 30 years: longer ones overflow the clocks of some systems


def is_number(value: object) -> TypeGuard[float]:
    """Say whether `value` is a finite number; True and "5" are not."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond the range of floats
        return False


def seconds(*, above_zero: bool = False, optional: bool = False) -> Validator:
    """Accept a number of seconds from 0 (or above it) to 1e9, or None where `optional`."""
    expected = f"a number of seconds {'> 0' if above_zero else '>= 0'} and up to 1e9"
    expected += ", or None" if optional else ""

    def check(owner: object, attribute: Field, value: object) -> None:
        if optional and value is None:
            return
        if is_number(value) and 0 <= value <= LONGEST and (value or not above_zero):
            return
        raise _refusal(owner, attribute, value, expected)

    return check


def at_least_one(unit: str = "") -> Validator:
    """Accept a whole number from 1."""

    def check(owner: object, attribute: Field, value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise _refusal(owner, attribute, value, f"a whole number{unit} >= 1")

    return check


def flag(owner: object, attribute: Field, value: object) -> None:
    """Accept True and False."""
    if not isinstance(value, bool):
        raise _refusal(owner, attribute, value, "True or False")


def _refusal(owner: object, attribute: Field, value: object, expected: str) -> ConfigurationError:
    given = f"{type(owner).__name__}({attribute.name}={value!r})"
    return ConfigurationError(f"{given}: expected {expected}")
