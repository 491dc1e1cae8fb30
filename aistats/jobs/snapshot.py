"""Reading a job's JSON: status words, times and failure details in all the forms the wire has."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal, TypeGuard

from attrs import frozen

from aistats.errors import one_line

Outcome = Literal["completed", "failed", "cancelled", "expired"]

# wire-facts §3.5: the words that end a job, with the aliases that the gateway itself knows.
_OUTCOMES: dict[str, Outcome] = {
    "completed": "completed",
    "complete": "completed",
    "success": "completed",
    "succeeded": "completed",
    "failed": "failed",
    "error": "failed",
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "expired": "expired",
}
_LONGEST_DATE = 100  # characters; no date needs them, and a parser fed more may take long
_MILLISECONDS_FROM = 100_000_000_000  # as seconds this is the year 5138, as milliseconds 1973


def outcome_of(raw: Mapping[str, Any]) -> Outcome | None:
    """Give how the job ended; None while it has not. An unknown word means "not yet"."""
    for name in ("status", "lifecycle_status"):
        word = raw.get(name)
        if isinstance(word, str) and (outcome := _OUTCOMES.get(word.strip().lower())):
            return outcome
    return None


def status_of(raw: Mapping[str, Any]) -> str:
    """Give the status word as the gateway wrote it, "unknown" where it wrote none."""
    for name in ("status", "lifecycle_status"):
        word = raw.get(name)
        if isinstance(word, str) and word:
            return word
    return "unknown"


def progress_of(raw: Mapping[str, Any]) -> float | None:
    """Give the progress in percent, 0 to 100; None where it is not told."""
    value = raw.get("progress")
    if not is_number(value) or not 0 <= value <= 100:
        return None
    return float(value)


def is_number(value: object) -> TypeGuard[float]:
    """Say whether `value` is a finite number; True and "5" are not."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond the range of floats
        return False


def moment_of(value: Any) -> datetime | None:
    """Read a time as an aware datetime: unix seconds or milliseconds, or any date string.

    None for what cannot be read; the text stays in the job's `raw`.
    """
    if isinstance(value, str):
        text = value.strip()
        if len(text) > _LONGEST_DATE:
            return None
        if not text.isdecimal():
            return _parse_date(text)
        value = int(text)
    if not is_number(value):
        return None
    seconds = value / 1000 if abs(value) >= _MILLISECONDS_FROM else value
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except OverflowError:
        return None


def _parse_date(text: str) -> datetime | None:
    from dateutil import parser  # late: it is only needed once somebody asks for a time

    # dateutil fills what the text leaves out from a default; only a full date gives one answer.
    found = set()
    for default in (datetime(2000, 1, 1), datetime(2001, 2, 2)):  # noqa: DTZ001 - see below
        try:
            moment = parser.parse(text, default=default, tzinfos=_zone)
            found.add(moment)
        except (ValueError, OverflowError, TypeError, RecursionError):
            return None
    return found.pop() if len(found) == 1 else None


def _zone(name: str | None, offset: int | None) -> timezone:
    """Give the zone of a date string: UTC unless it says so; EST and its like mean several."""
    if offset is None and name not in (None, "UTC", "GMT", "Z"):
        raise ValueError(f"{name} is not one zone")
    return timezone(timedelta(seconds=offset or 0))


@frozen
class Failure:
    """Why a job ended badly, as far as anybody said."""

    code: str | None
    message: str | None
    provider: str | None

    @property
    def reason(self) -> str | None:
        """The most telling words there are."""
        return self.message or self.code


def failure_of(raw: Mapping[str, Any]) -> Failure:
    """Find the failure detail: an object, a string, a list of objects, or absent (§3.4, §5.3)."""
    code: str | None = None
    message: str | None = None
    for candidate in _candidates(raw):
        if isinstance(candidate, str) and candidate.strip():
            message = message or one_line(candidate)
        elif isinstance(candidate, Mapping):
            code = code or _text(candidate, "code", "type", "upstream_error_code")
            message = message or _text(
                candidate, "message", "description", "reason", "upstream_error_message", "hint"
            )
    return Failure(code, message, _text(raw, "provider"))


def _candidates(raw: Mapping[str, Any]) -> list[Any]:
    found: list[Any] = []
    for name in ("error", "upstream_error", "errors", "failure_sample"):
        value = raw.get(name)
        items = value.get("data") if isinstance(value, Mapping) else value
        found += items if isinstance(items, list) else [value]
    return [*found, raw.get("provider_failure_diagnostics"), raw.get("failure_reason")]


def _text(facts: Mapping[str, Any], *names: str) -> str | None:
    for name in names:
        value = facts.get(name)
        if isinstance(value, str) and value.strip():
            return one_line(value)
        if is_number(value):
            return str(value)
    return None
