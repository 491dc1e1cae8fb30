"""Checking that a webhook is the gateway's and fresh, and reading what it says (wire-facts §7)."""

from __future__ import annotations

import hmac
import math
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from aistats._json import is_object, object_of, read_json, text_of, whole_number
from aistats._snapshot import moment_of
from aistats.errors import ConfigurationError, WebhookVerificationError

if TYPE_CHECKING:
    from aistats.jobs import Job

# The second prefix is what the gateway sent before 2026-07-09.
_PREFIXES = ("x-phaseo-", "x-ai-stats-")
_SIGNATURE = re.compile(r"[0-9a-f]{64}")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")

Headers = Mapping[str, str] | Iterable[tuple[Any, Any]]


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

        data = object_of(self.raw.get("data"))
        names = (
            text_of(data.get("kind")),
            text_of(data.get("object")),
            self.type.partition(".")[0],
        )
        kind = next((KINDS[name] for name in names if name in KINDS), None)
        job_id = text_of(data.get("id"))
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
    content, key = _content_of(body), _key_of(secret)
    timestamp = _header(headers, "timestamp")
    _check_signature(content, timestamp, _header(headers, "signature"), key)
    age = _seconds(now) - int(timestamp)
    if not abs(age) <= tolerance:
        raise WebhookVerificationError(
            f"the webhook is {abs(age):.0f} s {'old' if age > 0 else 'ahead of this clock'}, more "
            f"than the {tolerance:g} s allowed"
        )
    return _event(content)


def _content_of(body: bytes) -> bytes:
    if not isinstance(body, bytes | bytearray | memoryview):
        raise TypeError(
            f"body is a {type(body).__name__}: pass the raw bytes of the request, since JSON that "
            "was decoded and written again has another signature"
        )
    return bytes(body)


def _key_of(secret: str) -> bytes:
    key = secret.strip().encode() if isinstance(secret, str) else b""
    if not key:
        raise ConfigurationError("the webhook secret is empty or not a string (it is whsec_...)")
    return key


def _check_signature(content: bytes, timestamp: str, given: str, key: bytes) -> None:
    if not _SIGNATURE.fullmatch(given) or not _TIMESTAMP.fullmatch(timestamp):
        raise WebhookVerificationError("the signature or timestamp header is malformed")
    expected = hmac.new(key, timestamp.encode() + b"." + content, "sha256").hexdigest()
    if not hmac.compare_digest(expected, given):
        raise WebhookVerificationError(
            "the signature does not match: another secret, or a body that was changed on the way"
        )


def _header(headers: Headers, name: str) -> str:
    """Give the one value of a header under either prefix."""
    wanted = {prefix + name for prefix in _PREFIXES}
    source: Any = headers
    # httpx's and Starlette's headers join or hide repeated ones in items().
    items = getattr(source, "multi_items", None) or getattr(source, "items", None)
    pairs: Iterable[tuple[Any, Any]] = items() if items else source
    values = {_text(value) for key, value in pairs if _text(key).lower() in wanted}
    if not values:
        raise WebhookVerificationError(f"the header {_PREFIXES[0]}{name} is missing")
    if len(values) > 1:
        raise WebhookVerificationError(f"the header {_PREFIXES[0]}{name} came with several values")
    return values.pop()


def _text(value: Any) -> str:
    return (value.decode("latin-1") if isinstance(value, bytes) else str(value)).strip()


def _seconds(now: datetime | float | None) -> float:
    if now is None:
        return datetime.now(UTC).timestamp()
    if isinstance(now, datetime):
        if now.tzinfo is None:
            raise ConfigurationError("now= must be an aware datetime, such as datetime.now(UTC)")
        return now.timestamp()
    if not math.isfinite(now):
        raise ConfigurationError(f"now={now!r} is not a time")
    return now


def _event(content: bytes) -> WebhookEvent:
    try:
        payload = read_json(content)
    except ValueError:
        payload = None
    if not is_object(payload):
        raise WebhookVerificationError("the body is signed, but it is not a JSON object")
    delivery, change = object_of(payload.get("delivery")), object_of(payload.get("status_change"))
    return WebhookEvent(
        id=text_of(payload.get("id")) or "",
        type=text_of(payload.get("type")) or "",
        created_at=moment_of(payload.get("created_at")),
        attempt=whole_number(delivery.get("attempt")),
        max_attempts=whole_number(delivery.get("max_attempts")),
        delivery_key=text_of(delivery.get("key")),
        previous_status=text_of(change.get("previous_status")),
        raw=payload,
    )
