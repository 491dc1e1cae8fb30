"""The error bodies of the gateway (wire-facts §2), one function for each of their shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aistats.sandbox import routing
from aistats.sandbox.calls import Answer, Call, JSONObject, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WORKSPACE = "22222222-2222-4222-8222-222222222222"
NO_STORE = {"Cache-Control": "no-store"}
TIMING = {
    "Cache-Control": "no-store",
    "Server-Timing": "guardAuth;dur=0.100, before_start;dur=0.200",
}
ATTRIBUTION = {"user": "user", "gateway": "upstream", "upstream": "upstream"}
PLAIN = "text/plain; charset=UTF-8"

CODES = {
    400: "validation_error",
    401: "unauthorised",
    402: "insufficient_funds",
    403: "forbidden",
    404: "not_found",
    409: "not_ready",
    413: "payload_too_large",
    429: "key_limit_exceeded",
    500: "gateway_error",
    501: "not_implemented_yet",
    502: "upstream_error",
}
"""The code the gateway itself uses with a status when nothing more is known."""


def origin_of(status: int) -> str:
    """Return who is to blame for a status: the caller, the gateway, or the provider."""
    if status == 502:
        return "upstream"
    return "gateway" if status >= 500 and status != 501 else "user"


def pipeline(
    call: Call,
    status: int,
    code: str,
    /,
    *,
    description: str | None = None,
    origin: str | None = None,
    **extra: Any,
) -> Refusal:
    """Shape A: the reason is in `description`, the id in `generation_id`."""
    origin = origin or origin_of(status)
    body = {
        "generation_id": call.request_id,
        "status_code": status,
        "error": code,
        "error_type": "user" if origin == "user" else "system",
        "error_origin": origin,
        "description": description or code,
        **extra,
    }
    headers = {
        **TIMING,
        "X-Gateway-Error-Attribution": ATTRIBUTION[origin],
        "X-Gateway-Error-Origin": origin,
    }
    return Refusal(Answer(body=body, status=status, headers=headers))


def direct(
    call: Call,
    status: int,
    code: str,
    reason: str | None = None,
    /,
    *,
    workspace: bool = True,
    ids: bool = True,
    origin: str | None = None,
    first: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    **extra: Any,
) -> Refusal:
    """Shape B: the reason is in `reason`, the id in both `request_id` and `generation_id`."""
    own: JSONObject = {"reason": reason, "message": extra.pop("message", None)}
    owner = {"workspace_id": WORKSPACE} if ids and workspace else {}
    body: JSONObject = {
        "error": code,
        **{name: value for name, value in own.items() if value is not None},
        **({"request_id": call.request_id} if ids else {}),
        **(first or {}),
        **owner,
        **extra,
        **_blame(status, origin),
        **({"generation_id": call.request_id} if ids else {}),
        **(after or {}),
    }
    return Refusal(Answer(body=body, status=status, headers=NO_STORE))


def _blame(status: int, origin: str | None) -> JSONObject:
    """Return the three members that say whose fault it is."""
    kind = "user" if status < 500 or status == 501 else "system"
    told = origin or origin_of(status)
    return {"status_code": status, "error_type": kind, "error_origin": told}


def control(status: int, body: JSONObject, headers: Mapping[str, str] = NO_STORE) -> Refusal:
    """Shape C: whatever the control plane's route happens to say."""
    return Refusal(Answer(body=body, status=status, headers=headers))


def nested(status: int, headers: Mapping[str, str] = NO_STORE, /, **error: Any) -> Refusal:
    """Shapes D and G: an object below `error`, without any gateway id."""
    return Refusal(Answer(body={"error": error}, status=status, headers=headers))


def text(status: int, phrase: str) -> Refusal:
    """Shape H: plain text, as for unknown paths and uncaught exceptions."""
    body = f"{status} {phrase}".encode() if status == 404 else phrase.encode()
    return Refusal(Answer(body=body, status=status, content_type=PLAIN))


def switched_off(feature: str) -> Refusal:
    """Shape E: a feature that is off for everybody, said before the key is looked at."""
    body = {
        "error": "not_implemented",
        "reason": "feature_temporarily_disabled",
        "feature": feature,
        "message": f"The {feature} API is switched off in this sandbox.",
    }
    return Refusal(Answer(body=body, status=501, headers=NO_STORE))


def refuse(
    call: Call, status: int, code: str, reason: str | None = None, /, **extra: Any
) -> Refusal:
    """Refuse in the shape of the route: A for pipeline routes, B for the others."""
    if call.route.shape == "pipeline":
        return pipeline(call, status, code, description=reason, **extra)
    return direct(call, status, code, reason, **extra)


CATEGORIES = {401: "credentials_invalid_or_forbidden", 403: "credentials_invalid_or_forbidden"}
HINTS = {
    "rate_limited": "The provider limits the rate. Wait, or allow another provider.",
    "server_error": "The provider had a fault of its own. A later attempt may succeed.",
    "model_unavailable_for_endpoint": "The provider does not offer this model here.",
    "credentials_invalid_or_forbidden": "The provider does not accept the credentials.",
}


def category_of(upstream_status: int | None) -> str | None:
    """Return the gateway's word for a provider's status, if it has one."""
    if upstream_status is None or upstream_status == 400:
        return None
    if upstream_status == 429:
        return "rate_limited"
    if upstream_status == 404:
        return "model_unavailable_for_endpoint"
    if upstream_status >= 500:
        return "server_error"
    return CATEGORIES.get(upstream_status)


def diagnostics(provider: str | None, upstream_status: int) -> JSONObject:
    """Return the `provider_failure_diagnostics` member for a provider's status, or nothing."""
    category = category_of(upstream_status)
    if category is None:
        return {}
    return {
        "provider_failure_diagnostics": {
            "category": category,
            "hint": HINTS[category],
            "provider": provider,
        }
    }


UPSTREAM_CODES = {
    400: ("invalid_value", "The provider did not accept a value."),
    401: ("invalid_api_key", "The provider did not accept the key."),
    402: ("insufficient_quota", "The provider wants to be paid."),
    404: ("model_not_found", "The provider does not know the model."),
    429: ("rate_limit_exceeded", "The provider received too many requests."),
    500: ("server_error", "The provider failed."),
}


def upstream(
    call: Call,
    *,
    provider: str = "openai",
    statuses: Sequence[int] = (500,),
    code: str | None = None,
    message: str | None = None,
    model: str | None = None,
) -> Refusal:
    """Answer 502 in the form a provider's failure has on pipeline routes.

    Without any status the connection to the provider was lost.
    """
    last = statuses[-1] if statuses else None
    code, message = _told(last, code, message)
    sample = [_sample(provider, status, code, message) for status in statuses[:3] or (None,)]
    extra: JSONObject = {
        "reason": "all_candidates_failed",
        "attempt_count": max(len(statuses), 1),
        "failed_providers": [provider],
        **({"failed_statuses": list(statuses)} if statuses else {}),
        "failure_sample": sample,
        "upstream_error": _upstream_error(sample[0]),
        "routing_diagnostics": routing.diagnostics(model, call.route.name),
        **(diagnostics(provider, last) if last is not None else {}),
    }
    said = f"HTTP {last}" if last is not None else "no answer"
    description = f'Provider "{provider}" failed ({said}) on model "{model}": {message}'
    return pipeline(call, 502, "upstream_error", description=description, **extra)


def _upstream_error(sample: JSONObject) -> JSONObject:
    names = ("code", "message", "description", "param")
    return {name: sample[f"upstream_error_{name}"] for name in names}


def _told(status: int | None, code: str | None, message: str | None) -> tuple[str | None, str]:
    """Return the provider's code and message: those given, or what goes with the status."""
    if status is None:
        return code, message or "The connection to the provider was lost."
    known = UPSTREAM_CODES.get(min(status, 500), UPSTREAM_CODES[500])
    return code or known[0], message or known[1]


def _sample(provider: str, status: int | None, code: str | None, message: str) -> JSONObject:
    lost = status is None
    preview = f'{{"error":{{"message":"{message}","type":"sandbox","param":null}}}}'
    return {
        "provider": provider,
        "type": "retryable_error" if lost else "upstream_non_2xx",
        "status": status,
        "upstream_error_code": code,
        "upstream_error_message": message,
        "upstream_error_description": f"Error: {message}" if lost else None,
        "upstream_error_param": None,
        "upstream_payload_preview": None if lost else preview,
        "retryable": True if lost else None,
    }


def upstream_direct(
    call: Call,
    reason: str,
    *,
    provider: str | None = None,
    status: int | None = None,
    error: JSONObject | None = None,
) -> Refusal:
    """Answer 502 in the form a provider's failure has on job routes."""
    if status is None:
        return direct(call, 502, "upstream_error", reason, upstream_error=error)
    code, message = UPSTREAM_CODES.get(min(status, 500), UPSTREAM_CODES[500])
    error = error or {"code": code, "message": message, "description": message, "param": None}
    return direct(
        call,
        502,
        "upstream_error",
        reason,
        provider=provider,
        upstream_status=status,
        upstream_status_text="",
        upstream_body_preview=f'{{"error":{{"message":"{message}"}}}}',
        upstream_error=error,
        **diagnostics(provider, status),
    )
