"""Whether a call is repeated, and when: the retry table, here and nowhere else.

Its facts are wire-facts §2.6 and §9.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Literal

from attrs import field, frozen

from aistats.errors import AIStatsError, APIError, ConfigurationError, ConnectionFailedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from attrs import Attribute

Repeat = Literal["safe", "text", "once", "job"]
"""How freely a call may be repeated.

safe: reading, deleting and the POSTs that create nothing. text: text generation. once: any other
call that the gateway bills. job: a call that creates a billed job.
"""

# POSTs that create and bill nothing (wire-facts §9), by the end of their path.
_SAFE_POSTS = ("/download_url", "/cancel", "/pricing/calculate")
_TEXT_POSTS = frozenset({"/chat/completions", "/responses", "/messages"})
_JOB_POSTS = frozenset(
    {
        *("/videos", "/music/generate", "/batches"),
        # The gateway's second names for the same routes (wire-facts §12).
        *("/video/generations", "/music/generations", "/batch"),
    }
)


def repeat_of(method: str, path: str) -> Repeat:
    """Classify a call by its method and its path below the base URL."""
    if method in ("GET", "HEAD", "DELETE", "OPTIONS"):
        return "safe"
    if method == "POST":
        if path in _TEXT_POSTS:
            return "text"
        if path in _JOB_POSTS:
            return "job"
        if path.endswith(_SAFE_POSTS):
            return "safe"
    return "once"


_LONGEST = 1e9  # seconds, some 30 years: longer ones overflow the clocks of some systems


def _is_seconds(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and 0 <= value <= _LONGEST


def _seconds(_: Any, attribute: Attribute[Any], value: Any) -> None:
    if not _is_seconds(value):
        raise ConfigurationError(
            f"Retry({attribute.name}={value!r}): expected a number of seconds from 0 to 1e9"
        )


def _budget(_: Any, __: Attribute[Any], value: Any) -> None:
    if value is not None and not (_is_seconds(value) and value > 0):
        raise ConfigurationError(
            f"Retry(budget={value!r}): expected a number of seconds > 0 and up to 1e9, or None "
            "for no bound"
        )


def _flag(_: Any, attribute: Attribute[Any], value: Any) -> None:
    if not isinstance(value, bool):
        raise ConfigurationError(f"Retry({attribute.name}={value!r}): expected True or False")


def _at_least_one(_: Any, __: Attribute[Any], value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ConfigurationError(
            f"Retry(attempts={value!r}): expected a whole number >= 1 (1 switches retries off)"
        )


@frozen
class Retry:
    """How a call is repeated: full-jitter exponential backoff.

    `attempts` counts the first try. `base` and `cap` are seconds: before try n+1 we sleep a random
    time below `min(cap, base * 2**(n-1))`. A `Retry-After` of at most `respect_retry_after_up_to`
    seconds replaces that; a longer one raises at once, with `.retry_after` set. `budget` bounds
    the whole call in seconds, sleeps included. `retry_billed` lets a call that creates a billed
    job be repeated even when its first try may have started a job.

    Raises `ConfigurationError` unless `attempts` is at least 1, `budget` above 0 and the other
    numbers from 0 to 1e9.
    """

    attempts: int = field(default=3, validator=_at_least_one)
    base: float = field(default=0.5, validator=_seconds)
    cap: float = field(default=8.0, validator=_seconds)
    respect_retry_after_up_to: float = field(default=60.0, validator=_seconds)
    budget: float | None = field(default=None, validator=_budget)
    retry_billed: bool = field(default=False, validator=_flag)

    def backoff(self, failures: int, uniform: Callable[[float, float], float]) -> float:
        """Give the seconds to sleep after `failures` >= 1 failures in a row."""
        # 2**1023 is the largest power of two that a float holds.
        return uniform(0.0, min(self.cap, self.base * 2.0 ** min(failures - 1, 1000)))

    def pause(
        self,
        error: AIStatsError,
        *,
        repeat: Repeat,
        attempt: int,
        uniform: Callable[[float, float], float] = random.uniform,
    ) -> float | None:
        """Give the seconds to sleep before trying again after `error`; None: do not."""
        if attempt >= self.attempts or not self._may_repeat(error, repeat):
            return None
        if isinstance(error, APIError) and error.retry_after is not None:
            after = error.retry_after
            return after if after <= self.respect_retry_after_up_to else None
        return self.backoff(attempt, uniform)

    def _may_repeat(self, error: AIStatsError, repeat: Repeat) -> bool:
        if repeat == "job" and self.retry_billed:
            repeat = "safe"
        if isinstance(error, ConnectionFailedError):
            return repeat == "safe" or not error.may_have_run
        if not isinstance(error, APIError) or not error.retryable:
            return False
        if error.status_code == 429:
            return True  # refused before anything was done
        if error.upstream_status is not None and error.status_code == 502:
            return repeat != "job"  # the provider's own answer says that it may be tried again
        return repeat in ("safe", "text")
