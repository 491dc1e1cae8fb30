"""The one pure function that turns an answer with status >= 400 into an error of `errors`.

The facts: docs/gateway.md, "Errors" and "What may be repeated".
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import responses
from typing import TYPE_CHECKING, Any

from aistats import errors
from aistats.errors import one_line
from aistats.results import request_id_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aistats._json import JSONObject

_CLASS_OF_STATUS: dict[int, type[errors.APIError]] = {
    **dict.fromkeys((400, 413, 422), errors.BadRequestError),
    401: errors.AuthenticationError,
    402: errors.InsufficientFundsError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    429: errors.RateLimitError,
    501: errors.NotImplementedByGatewayError,
    502: errors.UpstreamError,
}
# What a later try may cure: the server's own trouble behind a 401, and what a provider answers.
_SERVER_TROUBLE = ("db_error", "server_misconfig_missing_pepper", "oauth_jwks_unavailable")
_RETRYABLE_UPSTREAM = (408, 409, 425, 429)
_RETRYABLE_CATEGORIES = ("rate_limited", "server_error")
# What none cures: there is no such output, or never will be.
_LASTING = re.compile(r"missing|video_(?:generation_failed|cancelled|expired)\b")
_UNPAID, _USED_UP = "provider_payment_required", "key_limit_exceeded"
_LONGEST_WAIT = 1e9  # seconds; what is longer overflows the clocks of some systems
_SECONDS = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+\Z|[a-z]+\Z")


def from_response(
    status: int, headers: Mapping[str, str], content: bytes, *, now: datetime | None = None
) -> errors.APIError:
    """Build the error for an answer with status >= 400, whatever its envelope.

    Pure and total: any bytes give an error. `now` (aware) resolves a Retry-After date.
    """
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        body = content.decode("utf-8", "replace")
    facts = _object(body)
    code, reason, message = _told(facts)
    kind = _CLASS_OF_STATUS.get(status, errors.ServerError if status >= 500 else errors.APIError)
    if (status, code) == (502, _UNPAID) and "insufficient_funds" in map(_code_of, causes_of(facts)):
        # The wallet, not the provider's bill: only then topping up helps.
        kind, message = errors.InsufficientFundsError, "insufficient balance"
    upstream, diagnosis = upstream_statuses(facts), facts.get("provider_failure_diagnostics")
    providers = _list(facts.get("failed_providers"))[-1:]
    error = kind(
        _with_cause(message or responses.get(status, "no explanation in the answer"), facts),
        status_code=status,
        code=code,
        reason=reason,
        request_id=request_id_of(facts),
        upstream_status=upstream[-1] if upstream else None,
        provider=_text(facts.get("provider"), *providers, _object(diagnosis).get("provider")),
        body=body,
        headers=headers,
    )
    error.retryable = _is_retryable(error, facts)
    error.retry_after = parse_retry_after(error.headers.get("retry-after"), now=now)
    return error


def _told(facts: JSONObject) -> tuple[str | None, str | None, str | None]:
    """Find the gateway's own code, reason and message, by one recipe for every envelope."""
    inner, described = _object(facts.get("error")), _text(facts.get("description"))
    code = _text(inner.get("code"), inner.get("type")) if inner else _text(facts.get("error"))
    reason = _text(facts.get("reason"), inner.get("reason"))
    if reason is None and described and _IDENTIFIER.match(described):
        reason = described
    words = described, facts.get("message"), inner.get("message"), inner.get("reason")
    return code, reason, _text(*words, reason, code)


def parse_retry_after(value: str | None, *, now: datetime | None = None) -> float | None:
    """Read a Retry-After header (RFC 9110 §10.2.3) as seconds >= 0; None where unreadable."""
    text = (value or "").strip()
    if _SECONDS.match(text):
        return min(float(text), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())


def causes_of(facts: JSONObject) -> list[dict[str, Any]]:
    """List what a body tells of the provider's own errors, the deciding one first."""
    given = facts.get("upstream_error")
    first = {"message": given} if isinstance(given, str) else given
    every = [first, *reversed(_list(facts.get("failure_sample")))]
    return [cause for cause in every if isinstance(cause, dict)]


def _code_of(cause: JSONObject) -> str | None:
    return _text(cause.get("code"), cause.get("upstream_error_code"))


def _with_cause(message: str, facts: JSONObject) -> str:
    """Add the provider's own message and code, which a generic reason often hides."""
    for cause in causes_of(facts):
        names = ("message", "upstream_error_message", "description", "upstream_error_description")
        told = _text(*map(cause.get, names)), _code_of(cause)
        if news := [one_line(part, 200) for part in told if part and part not in message]:
            return f"{one_line(message, 250)}: {news[0]}" + f" ({news[-1]})" * (len(news) - 1)
    return one_line(message)


def _is_retryable(error: errors.APIError, facts: JSONObject) -> bool:
    """Say whether an identical call may succeed later."""
    status = error.status_code
    if status in (401, 429):
        return error.reason in _SERVER_TROUBLE if status == 401 else error.code != _USED_UP
    if status != 502 or error.code == _UNPAID or _LASTING.search(f"{error.code} {error.reason}"):
        return status >= 500 and status not in (501, 502)
    upstream = upstream_statuses(facts)
    diagnosis = _object(facts.get("provider_failure_diagnostics"))
    return (
        not upstream
        or any(seen in _RETRYABLE_UPSTREAM or seen >= 500 for seen in upstream)
        or diagnosis.get("category") in _RETRYABLE_CATEGORIES
        or any(cause.get("type") == "retryable_error" for cause in causes_of(facts))
    )


def upstream_statuses(facts: JSONObject) -> list[int]:
    """List the provider statuses an answer names, the one that decided it last."""
    listed = _list(facts.get("failed_statuses"))
    named = [facts.get("upstreamStatus"), *listed, facts.get("upstream_status")]
    return [value for value in named if isinstance(value, int) and not isinstance(value, bool)]


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(*candidates: object) -> str | None:
    """Give the first candidate that says something: a non-empty string, or a number as text."""
    for value in candidates:
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return None
