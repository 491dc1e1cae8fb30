"""The one pure function that turns an answer with status >= 400 into an error of `errors`."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import httpx

from aistats.errors import (
    APIError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    InsufficientFundsError,
    NotFoundError,
    NotImplementedByGatewayError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    UpstreamError,
    one_line,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_CLASS_OF_STATUS: dict[int, type[APIError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    402: InsufficientFundsError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    413: BadRequestError,
    422: BadRequestError,
    429: RateLimitError,
    501: NotImplementedByGatewayError,
    502: UpstreamError,
}

# wire-facts §2.6: what a provider may answer that a later try may cure.
_RETRYABLE_UPSTREAM = frozenset({408, 409, 425, 429})
_RETRYABLE_CATEGORIES = frozenset({"rate_limited", "server_error"})
_LONGEST_WAIT = 1e9  # seconds; what is longer overflows the clocks of some systems
_SECONDS = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+\Z|[a-z]+\Z")


def from_response(
    status: int, headers: Mapping[str, str], content: bytes, *, now: datetime | None = None
) -> APIError:
    """Build the error for an answer with status >= 400, whatever its envelope (wire-facts §2.5).

    Pure and total: any bytes give an error. `now` (aware) resolves a Retry-After date.
    """
    headers = httpx.Headers(headers)
    body = _decode(content)
    facts = body if isinstance(body, dict) else {}
    error = facts.get("error")
    inner = error if isinstance(error, dict) else {}
    code = _text(inner.get("code"), inner.get("type")) if inner else _text(error)
    described = _text(facts.get("description"))
    reason = _text(facts.get("reason"), inner.get("reason"))
    if reason is None and described and _IDENTIFIER.match(described):
        reason = described
    own_words = _text(inner.get("message"), inner.get("reason")) if inner else None
    message = _text(described, facts.get("message"), own_words, reason, code)
    upstream = _upstream_statuses(facts)
    return _class_for(status, code, facts)(
        one_line(message or _status_phrase(status)),
        status_code=status,
        code=code,
        reason=reason,
        request_id=request_id_in(facts),
        upstream_status=upstream[-1] if upstream else None,
        provider=_provider(facts),
        body=body,
        headers=headers,
        retryable=_retryable(status, code, facts, upstream),
        retry_after=parse_retry_after(headers.get("retry-after"), now=now),
    )


def request_id_in(facts: Mapping[str, Any]) -> str | None:
    """Give the gateway's request id out of a JSON body (wire-facts §2.5 and §11.1)."""
    for name in ("generation_id", "request_id", "requestId"):
        value = facts.get(name)
        if isinstance(value, str) and value and value != "unknown":
            return value
    return None


def parse_retry_after(value: str | None, *, now: datetime | None = None) -> float | None:
    """Read a Retry-After header (RFC 9110 §10.2.3) as seconds >= 0; None where unreadable."""
    if value is None:
        return None
    text = value.strip()
    if _SECONDS.match(text):
        return min(float(text), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())


def _decode(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content.decode("utf-8", "replace")


def _class_for(status: int, code: str | None, facts: Mapping[str, Any]) -> type[APIError]:
    if status == 502 and code == "provider_payment_required":
        # The wallet, not the provider's bill: only then topping up helps (wire-facts §1.7).
        samples = _objects(facts.get("failure_sample")) + _objects([facts.get("upstream_error")])
        codes = [sample.get("upstream_error_code", sample.get("code")) for sample in samples]
        if "insufficient_funds" in codes:
            return InsufficientFundsError
    return _CLASS_OF_STATUS.get(status, ServerError if status >= 500 else APIError)


def _retryable(
    status: int, code: str | None, facts: Mapping[str, Any], upstream: list[int]
) -> bool:
    if status == 429:
        return code != "key_limit_exceeded"
    if status < 500 or status == 501 or code == "provider_payment_required":
        return False
    if status != 502:
        return True
    samples = _objects(facts.get("failure_sample"))
    diagnostics = facts.get("provider_failure_diagnostics")
    category = diagnostics.get("category") if isinstance(diagnostics, dict) else None
    return (
        not upstream
        or any(seen in _RETRYABLE_UPSTREAM or seen >= 500 for seen in upstream)
        or (isinstance(category, str) and category in _RETRYABLE_CATEGORIES)
        or any(sample.get("type") == "retryable_error" for sample in samples)
    )


def _upstream_statuses(facts: Mapping[str, Any]) -> list[int]:
    """List the provider statuses an answer names, the one that decided it last."""
    listed = facts.get("failed_statuses")
    named = [facts.get("upstreamStatus"), *(listed if isinstance(listed, list) else [])]
    named.append(facts.get("upstream_status"))
    return [value for value in named if isinstance(value, int) and not isinstance(value, bool)]


def _provider(facts: Mapping[str, Any]) -> str | None:
    failed = facts.get("failed_providers")
    diagnostics = facts.get("provider_failure_diagnostics")
    return _text(
        facts.get("provider"),
        failed[-1] if isinstance(failed, list) and failed else None,
        diagnostics.get("provider") if isinstance(diagnostics, dict) else None,
    )


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _text(*candidates: Any) -> str | None:
    """Give the first candidate that says something: a non-empty string, or a number as text."""
    for value in candidates:
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return None


def _status_phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:  # 520 to 529, 599 and other numbers of proxies
        return "no explanation in the answer"
