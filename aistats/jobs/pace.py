"""How often a waiter looks at a job: the gateway's hint first, bounded by the caller's wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from aistats._snapshot import is_number
from aistats.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from attrs import Attribute

_JITTER = 0.1  # of the pace; spreads jobs that were created together


def _seconds(_: Any, attribute: Attribute[Any], value: Any) -> None:
    if not is_number(value) or value < 0:
        raise ConfigurationError(
            f"Poll({attribute.name}={value!r}): expected a number of seconds >= 0"
        )


def _optional_seconds(self: Any, attribute: Attribute[Any], value: Any) -> None:
    if value is not None:
        _seconds(self, attribute, value)


def _count(_: Any, attribute: Attribute[Any], value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ConfigurationError(f"Poll({attribute.name}={value!r}): expected a whole number >= 1")


@frozen
class Poll:
    """The pace of a waiter, in seconds.

    Before each look it sleeps what the latest answer asks for (`poll_after_seconds`), else
    `default` (None: 20 for videos and music, 30 for batches), never less than `floor` and never
    more than `ceiling`, plus up to 10 % jitter. `patience` looks in a row may fail.

    Raises `ConfigurationError` for seconds below 0, a `ceiling` below the `floor` and a `patience`
    below 1.
    """

    default: float | None = field(default=None, validator=_optional_seconds)
    floor: float = field(default=1.0, validator=_seconds)
    ceiling: float = field(default=120.0, validator=_seconds)
    patience: int = field(default=5, validator=_count)

    def __attrs_post_init__(self) -> None:
        if self.ceiling < self.floor:
            raise ConfigurationError(
                f"Poll(floor={self.floor}, ceiling={self.ceiling}): the ceiling is below the floor"
            )

    def pace(self, hint: Any, default: float) -> float:
        """Give the seconds between two looks for the `hint` of the latest answer."""
        wanted = default if self.default is None else self.default
        if is_number(hint) and hint > 0:
            wanted = float(hint)
        return min(max(wanted, self.floor), self.ceiling)

    def nap(
        self,
        hint: Any,
        default: float,
        *,
        failures: int = 0,
        retry_after: float | None = None,
        uniform: Callable[[float, float], float],
    ) -> float:
        """Give the seconds to sleep before the next look, after `failures` failed ones in a row."""
        # One lost look is worth no haste and no delay; what lasts is asked ever less often.
        doublings = min(max(failures - 1, 0), 64)
        pace = min(self.pace(hint, default) * 2.0**doublings, self.ceiling)
        if retry_after is not None:
            pace = max(pace, min(retry_after, self.ceiling))
        return pace + uniform(0.0, _JITTER * pace)
