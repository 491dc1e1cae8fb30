"""Checking that a webhook is the gateway's and fresh, and reading what it says.

The facts: docs/gateway.md, "Webhooks".
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from aistats._core.checks import is_number
from aistats._json import pick
from aistats.errors import ConfigurationError, WebhookVerificationError
from aistats.jobs.snapshot import moment_of

if TYPE_CHECKING:
    from aistats.jobs import Job

_PREFIXES = ("x-phaseo-", "x-ai-stats-")  # the second was sent before 2026-07-09
_SIGNATURE = re.compile(r"[0-9a-f]{64}")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")

Headers = Mapping[str, str] | Iterable[tuple[object, object]]


@frozen
class WebhookEvent:
    """A verified webhook. `id` is the same in every delivery attempt: drop what you know.

    The order of events is not guaranteed: trust `job.status` only as far as `created_at`.
    """

    id: str
    type: str
    """The kind of job and what happened to it, such as `video.completed`."""
    created_at: datetime | None
    """When it happened (aware)."""
    attempt: int | None
    """The delivery attempt, from 1."""
    max_attempts: int | None
    delivery_key: str | None
    previous_status: str | None
    """The status before, in events about a change of it."""
    raw: Mapping[str, Any] = field(repr=False)
    """The whole payload."""

    @property
    def job(self) -> Job[Any]:
        """The job as `wait` would return it; `client.jobs.attach(event.job)` lets it act.

        Raises `WebhookVerificationError` when the event is not about a job.
        """
        from aistats.jobs import KINDS  # late: verifying alone must stay cheap

        data: Any = self.raw.get("data")
        names = (pick(data, "kind"), pick(data, "object"), self.type.partition(".")[0])
        kind = next((KINDS[name] for name in map(_text, names) if name in KINDS), None)
        job_id = _text(pick(data, "id"))
        if kind is None or not job_id:
            raise WebhookVerificationError(f"the event {self.type!r} is not about a known job")
        return kind(id=job_id, raw=data)


def verify(
    body: bytes,
    headers: Headers,
    secret: str,
    *,
    tolerance: float = 300,
    now: datetime | float | None = None,
) -> WebhookEvent:
    """Check the signature and the age of a webhook and read it.

    `body` is the request's body as it came, not decoded; `headers` its headers; `secret` the
    endpoint's signing secret, whole. A webhook may be `tolerance` seconds older or newer than
    `now` (aware, or unix seconds; default: this moment).

    Raises `WebhookVerificationError`, and `ConfigurationError` for a secret that cannot be one.
    """
    if not isinstance(body, bytes | bytearray | memoryview):
        raise TypeError(
            f"body is a {type(body).__name__}: pass the raw bytes of the request, since JSON that "
            "was decoded and written again has another signature"
        )
    key = secret.strip().encode() if isinstance(secret, str) else b""
    if not key:
        raise ConfigurationError("the webhook secret is empty or not a string (it is whsec_...)")
    content, timestamp = bytes(body), _header(headers, "timestamp")
    given = _header(headers, "signature")
    if not _SIGNATURE.fullmatch(given) or not _TIMESTAMP.fullmatch(timestamp):
        raise WebhookVerificationError("the signature or timestamp header is malformed")
    expected = hmac.new(key, timestamp.encode() + b"." + content, "sha256").hexdigest()
    if not hmac.compare_digest(expected, given):
        raise WebhookVerificationError(
            "the signature does not match: another secret, or a body that was changed on the way"
        )
    age = _seconds(now) - int(timestamp)
    if not abs(age) <= tolerance:
        far = f"{abs(age):.0f} s {'old' if age > 0 else 'ahead of this clock'}"
        raise WebhookVerificationError(f"the webhook is {far}, more than {tolerance:g} s allowed")
    return _event(content)


def _header(headers: Headers, name: str) -> str:
    """Give the one value of a header under either prefix."""
    wanted = {prefix + name for prefix in _PREFIXES}
    source: Any = headers
    # httpx's and Starlette's headers join or hide repeated ones in items().
    items = getattr(source, "multi_items", None) or getattr(source, "items", None)
    pairs: Iterable[tuple[object, object]] = items() if items else source
    values = {_line(value) for key, value in pairs if _line(key).lower() in wanted}
    if len(values) != 1:
        fault = "came with several values" if values else "is missing"
        raise WebhookVerificationError(f"the header {_PREFIXES[0]}{name} {fault}")
    return values.pop()


def _line(value: object) -> str:
    return (value.decode("latin-1") if isinstance(value, bytes) else str(value)).strip()


def _seconds(now: datetime | float | None) -> float:
    if now is None:
        return datetime.now(UTC).timestamp()
    if isinstance(now, datetime):
        if now.tzinfo is None:
            raise ConfigurationError("now= must be an aware datetime, such as datetime.now(UTC)")
        return now.timestamp()
    if not is_number(now):
        raise ConfigurationError(f"now={now!r} is not a time")
    return now


def _event(content: bytes) -> WebhookEvent:
    try:
        payload = json.loads(content)
    except (ValueError, RecursionError):
        payload = None
    if not isinstance(payload, dict):
        raise WebhookVerificationError("the body is signed, but it is not a JSON object")
    return WebhookEvent(
        id=_text(payload.get("id")) or "",
        type=_text(payload.get("type")) or "",
        created_at=moment_of(payload.get("created_at")),
        attempt=_whole_number(pick(payload, "delivery", "attempt")),
        max_attempts=_whole_number(pick(payload, "delivery", "max_attempts")),
        delivery_key=_text(pick(payload, "delivery", "key")),
        previous_status=_text(pick(payload, "status_change", "previous_status")),
        raw=payload,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _whole_number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
