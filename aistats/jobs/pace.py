"""How often a waiter looks at a job: the gateway's hint first, bounded by the caller's wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from aistats._core import checks
from aistats.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

_JITTER = 0.1  # of the pace; spreads jobs that were created together


@frozen
class Poll:
    """The pace of a waiter, in seconds.

    Before each look it sleeps what the latest answer asks for (`poll_after_seconds`), else
    `default` (None: 20 for videos and music, 30 for batches), never less than `floor` and never
    more than `ceiling`, plus up to 10 % jitter. `patience` looks in a row may fail.

    Raises `ConfigurationError` for seconds below 0, a `ceiling` below the `floor` and a `patience`
    below 1.
    """

    default: float | None = field(default=None, validator=checks.seconds(optional=True))
    floor: float = field(default=1.0, validator=checks.seconds())
    ceiling: float = field(default=120.0, validator=checks.seconds())
    patience: int = field(default=5, validator=checks.at_least_one())

    def __attrs_post_init__(self) -> None:
        if self.ceiling < self.floor:
            limits = f"floor={self.floor}, ceiling={self.ceiling}"
            raise ConfigurationError(f"Poll({limits}): the ceiling is below the floor")

    def pace(self, hint: object, default: float) -> float:
        """Give the seconds between two looks for the `hint` of the latest answer."""
        wanted = default if self.default is None else self.default
        if checks.is_number(hint) and hint > 0:
            wanted = float(hint)
        return min(max(wanted, self.floor), self.ceiling)

    def nap(
        self,
        hint: object,
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
        pace = max(pace, min(retry_after or 0.0, self.ceiling))
        return pace + uniform(0.0, _JITTER * pace)
