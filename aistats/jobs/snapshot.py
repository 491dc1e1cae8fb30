"""A job as it was at one look, and reading its JSON in all the forms that the gateway sends.

The facts: docs/gateway.md, "Jobs".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from attrs import field, frozen

from aistats._core.checks import is_number
from aistats._core.colour import Bound, Engine, Mode
from aistats.errors import AIStatsError, ConfigurationError, one_line

if TYPE_CHECKING:
    from aistats.results import RawResponse

Outcome = Literal["completed", "failed", "cancelled", "expired"]

# The words that end a job, with the aliases that the gateway itself knows.
_OUTCOMES: dict[str, Outcome] = {
    **dict.fromkeys(("completed", "complete", "success", "succeeded"), "completed"),
    **dict.fromkeys(("failed", "error"), "failed"),
    **dict.fromkeys(("cancelled", "canceled"), "cancelled"),
    "expired": "expired",
}
_LONGEST_DATE = 100  # characters; no date needs them, and a parser fed more may take long
_MILLISECONDS_FROM = 100_000_000_000  # as seconds this is the year 5138, as milliseconds 1973


class Kind(NamedTuple):
    """What differs between kinds of jobs."""

    name: str
    namespace: str
    path: str
    default_poll: float
    """Seconds between looks when the gateway gives no hint."""
    is_listed: bool = False
    """Whether its path lists stored states, which can be read when the job itself cannot be."""
    id_fields: tuple[str, ...] = ("id",)
    """Where the answer to the creating call has the id, the best place first."""


@frozen(repr=False, slots=False)
class Snapshot(Bound[Mode]):
    """A job as it was at one look. `raw` is the JSON of that look, `id` names the job for ever."""

    kind: ClassVar[Kind]

    id: str
    raw: Mapping[str, Any] = field(hash=False)
    _engine: Engine[Mode] | None = field(default=None, alias="engine", eq=False)
    wait_error: AIStatsError | None = field(default=None, kw_only=True, eq=False)
    """What made `wait_all` or `as_completed` give up on this job before its end."""
    _origin: RawResponse | None = field(default=None, kw_only=True, alias="origin", eq=False)

    @property
    def status(self) -> str:
        """The gateway's own word, "unknown" before the first look."""
        words = (self.raw.get("status"), self.raw.get("lifecycle_status"))
        return next((word for word in words if isinstance(word, str) and word), "unknown")

    @property
    def outcome(self) -> Outcome | None:
        """How it ended: completed, failed, cancelled or expired; None while it has not."""
        return outcome_of(self.raw)

    @property
    def is_terminal(self) -> bool:
        """Whether it has ended, well or badly."""
        return self.outcome is not None

    @property
    def succeeded(self) -> bool:
        """Whether it ended well."""
        return self.outcome == "completed"

    @property
    def progress(self) -> float | None:
        """Percent done, 0 to 100; real only for providers that tell it."""
        value = self.raw.get("progress")
        return float(value) if is_number(value) and 0 <= value <= 100 else None

    @property
    def engine(self) -> Engine[Mode]:
        """The settings and the transport of the client; raises `ConfigurationError` without one."""
        if self._engine is None:
            raise ConfigurationError(
                f"{self!r} came without a client (from a pickle or a webhook): use "
                "client.jobs.attach(job) first"
            )
        return self._engine


def outcome_of(raw: Mapping[str, object]) -> Outcome | None:
    """Give how a job ended, from its JSON; an unknown word means "not yet"."""
    for word in (raw.get("status"), raw.get("lifecycle_status")):
        if isinstance(word, str) and (outcome := _OUTCOMES.get(word.strip().lower())):
            return outcome
    return None


def moment_of(value: object) -> datetime | None:
    """Read a time as an aware datetime: unix seconds or milliseconds, or any full date."""
    try:
        if isinstance(value, str) and len(value) <= _LONGEST_DATE:
            text = value.strip()
            if not text.isdecimal():
                return _date_of(text)
            value = int(text)
        if is_number(value):
            seconds = value / 1000 if abs(value) >= _MILLISECONDS_FROM else value
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except (ValueError, OverflowError, TypeError, RecursionError):
        pass  # the text stays in the job's `raw`
    return None


def _date_of(text: str) -> datetime | None:
    from dateutil import parser  # late: it is only needed once somebody asks for a time

    # dateutil fills what the text leaves out from a default; only a full date gives one answer.
    defaults = (datetime(2000, 1, 1), datetime(2001, 2, 2))  # noqa: DTZ001 - `_zone` gives it
    found = {parser.parse(text, default=default, tzinfos=_zone) for default in defaults}
    return found.pop() if len(found) == 1 else None


def _zone(name: str | None, offset: int | None) -> timezone:
    """Give the zone of a date string: UTC unless it says so; EST and its like mean several."""
    if offset is None and name not in (None, "UTC", "GMT", "Z"):
        raise ValueError(f"{name} is not one zone")
    return timezone(timedelta(seconds=offset or 0))


def failure_of(raw: Mapping[str, object]) -> tuple[str | None, str | None]:
    """Find code and message of a failure in an object, a string or a list, as far as told."""
    found: list[object] = []
    for name in ("error", "upstream_error", "errors", "failure_sample"):
        value = raw.get(name)
        items = value.get("data") if isinstance(value, Mapping) else value
        found += items if isinstance(items, list) else [value]
    found += [raw.get("provider_failure_diagnostics"), raw.get("failure_reason")]
    code = message = None
    for item in found:
        detail = {"message": item} if isinstance(item, str) else item
        if isinstance(detail, Mapping):
            code = code or text_of(detail, "code", "type", "upstream_error_code")
            message = message or text_of(
                detail, "message", "description", "reason", "upstream_error_message", "hint"
            )
    return code, message


def text_of(facts: Mapping[str, object], *names: str) -> str | None:
    """Give the first of some fields that says something, a number as text."""
    for name in names:
        value = facts.get(name)
        if isinstance(value, str) and value.strip():
            return one_line(value)
        if is_number(value):
            return str(value)
    return None
