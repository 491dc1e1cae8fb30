"""Whether a call is repeated, and when: the retry table, here and nowhere else.

Its facts: docs/gateway.md, "What may be repeated".
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from aistats._core import checks
from aistats.errors import AIStatsError, APIError, ConnectionFailedError

if TYPE_CHECKING:
    from collections.abc import Callable

Repeat = Literal["safe", "text", "once", "job"]
"""How freely a call may be repeated.

safe: reading, deleting and the POSTs that create nothing. text: text generation. once: any other
call that the gateway bills. job: a call that creates a billed job.
"""

# POSTs that create and bill nothing, by the end of their path.
_SAFE_POSTS = ("/download_url", "/cancel", "/pricing/calculate")
_TEXT_POSTS = frozenset({"/chat/completions", "/responses", "/messages"})
_JOB_POSTS = frozenset(
    {
        *("/videos", "/music/generate", "/batches"),
        # The gateway's second names for the same routes.
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


@frozen
class Retry:
    """How a call is repeated: full-jitter exponential backoff.

    `attempts` counts the first try. `base` and `cap` are seconds: before try n+1 we sleep a random
    time below `min(cap, base * 2**(n-1))`. A `Retry-After` of at most `respect_retry_after_up_to`
    seconds replaces that; a longer one raises at once, with `.retry_after` set. `budget` bounds
    the whole call in seconds, sleeps included; a blocking call gives each phase (connect, write,
    each read) what is left, so a server that drips bytes can make it overshoot. `retry_billed`
    lets a call that creates a billed job be repeated even when its first try may have started a
    job.

    Raises `ConfigurationError` unless `attempts` is at least 1, `budget` above 0 and the other
    numbers from 0 to 1e9.
    """

    attempts: int = field(default=3, validator=checks.at_least_one())
    base: float = field(default=0.5, validator=checks.seconds())
    cap: float = field(default=8.0, validator=checks.seconds())
    respect_retry_after_up_to: float = field(default=60.0, validator=checks.seconds())
    budget: float | None = field(
        default=None, validator=checks.seconds(above_zero=True, optional=True)
    )
    retry_billed: bool = field(default=False, validator=checks.flag)

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
        if error.status_code == 401:
            return repeat == "safe"  # trouble of the server's behind a 401
        if error.status_code == 429:
            return True  # refused before anything was done
        if error.upstream_status is not None and error.status_code == 502:
            return repeat != "job"  # the provider's own answer says that it may be tried again
        return repeat in ("safe", "text")
