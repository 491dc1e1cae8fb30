"""Refusals in the gateway's shapes (docs/gateway.md), and what a failing provider looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from aistats.sandbox.calls import Answer, Call, JSONObject, Refusal
from aistats.sandbox.shapes import MISSING, fill, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Shape = Literal["pipeline", "direct", "control", "nested", "openai", "text", "html"]
WORKSPACE = "22222222-2222-4222-8222-222222222222"
NO_STORE = {"Cache-Control": "no-store"}
TIMING = NO_STORE | {"Server-Timing": "guardAuth;dur=0.100, before_start;dur=0.200"}
PLAIN = "text/plain; charset=UTF-8"
MEDIA = {"text": PLAIN, "html": "text/html; charset=UTF-8"}
CONVERSATIONS = {"chat", "responses", "messages"}


def code_of(status: int) -> str | None:
    """Return the code the gateway itself uses with a status when nothing more is known."""
    codes: dict[str, str] = table("errors")["codes"]
    return codes.get(str(status))


def refuse(
    call: Call,
    status: int,
    code: str,
    reason: str | None = None,
    /,
    *,
    shape: Shape | None = None,
    origin: str | None = None,
    message: str | None = None,
    ids: bool = True,
    workspace: bool = True,
    **extra: Any,
) -> Refusal:
    """Refuse in the shape of the route, or in another one.

    The pipeline's shape tells the reason in `description` and the id in `generation_id`, the
    direct one in `reason` and in both `request_id` and `generation_id`.
    """
    shape = shape or call.route.shape
    by_status = (
        "upstream" if status == 502 else "user" if status < 500 or status == 501 else "gateway"
    )
    origin = origin or by_status
    body = fill(
        f"errors.{shape}",
        call=call,
        status=status,
        code=code,
        reason=MISSING if reason is None else reason,
        message=MISSING if message is None else message,
        description=message or reason or code,
        id=call.request_id if ids else MISSING,
        workspace=WORKSPACE if ids and workspace else MISSING,
        kind="user" if by_status == "user" else "system",
        origin=origin,
        error_type="sandbox",
        title=message or f"{status} error",
        extra=extra,
    )
    headers: Mapping[str, str] = {} if shape in MEDIA else NO_STORE
    if shape == "pipeline":
        blamed = "user" if origin == "user" else "upstream"
        headers = TIMING | {"X-Gateway-Error-Attribution": blamed, "X-Gateway-Error-Origin": origin}
    body = body.encode() if shape in MEDIA else body
    kind = MEDIA.get(shape, "application/json")
    return Refusal(Answer(body=body, status=status, headers=headers, content_type=kind))


def bare(status: int, body: JSONObject, headers: Mapping[str, str] = NO_STORE) -> Refusal:
    """Refuse with a body of its own, as the control plane's routes and providers do."""
    return Refusal(Answer(body=body, status=status, headers=headers))


def plain(status: int, words: str) -> Refusal:
    """Refuse in plain text, as for unknown paths and uncaught exceptions."""
    return Refusal(Answer(body=words.encode(), status=status, content_type=PLAIN))


def not_found() -> Refusal:
    """Refuse a path or method that is not there."""
    return plain(404, "404 Not Found")


def routing(model: str | None, endpoint: str) -> JSONObject:
    """Return what the gateway tells of its choice of a provider."""
    talk = endpoint.split(".", maxsplit=1)[0] in CONVERSATIONS
    told: JSONObject = fill(
        "errors.routing",
        model=model,
        endpoint=endpoint,
        conversation=talk,
        context_source="context_hash" if talk else None,
        only=[],
        left=1,
    )
    return told


def diagnostics(provider: str | None, upstream_status: int) -> JSONObject:
    """Return the `provider_failure_diagnostics` member for a provider's status, or nothing."""
    found = table("errors")["categories"].get(str(min(upstream_status, 500)))
    if found is None:
        return {}
    told: JSONObject = fill(
        "errors.diagnostics", category=found[0], hint=found[1], provider=provider
    )
    return told


def _words(status: int) -> tuple[str, str]:
    known = table("errors")["providers_words"]
    code, message = known.get(str(min(status, 500)), known["500"])
    return code, message


def upstream(
    call: Call,
    *,
    provider: str = "openai",
    statuses: Sequence[int] = (500,),
    code: str | None = None,
    message: str | None = None,
    model: str | None = None,
    outer: str = "upstream_error",
    **more: Any,
) -> Refusal:
    """Answer 502 in the form a provider's failure has on pipeline routes.

    Without any status the connection to the provider was lost.
    """
    last = statuses[-1] if statuses else None
    known = (None, "The connection to the provider was lost.") if last is None else _words(last)
    code, message = code or known[0], message or known[1]
    said = f"HTTP {last}" if last is not None else "no answer"
    values: JSONObject = {"provider": provider, "code": code, "message": message}
    values["description"] = None if statuses else f"Error: {message}"
    told = fill(
        "errors.upstream",
        **values,
        attempts=max(len(statuses), 1),
        statuses=list(statuses) or MISSING,
        samples=[_sample(status, values) for status in statuses[:3] or (None,)],
        routing=routing(model, call.route.name),
        diagnostics=diagnostics(provider, last) if last is not None else {},
    )
    description = f'Provider "{provider}" failed ({said}) on model "{model}": {message}'
    return refuse(call, 502, outer, shape="pipeline", message=description, **(told | more))


def _sample(status: int | None, values: JSONObject) -> JSONObject:
    preview = f'{{"error":{{"message":"{values["message"]}","type":"sandbox","param":null}}}}'
    told: JSONObject = fill(
        "errors.sample",
        **values,
        status=status,
        type="retryable_error" if status is None else "upstream_non_2xx",
        preview=None if status is None else preview,
        retryable=True if status is None else None,
    )
    return told


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
        return refuse(call, 502, "upstream_error", reason, shape="direct", upstream_error=error)
    code, message = _words(status)
    own = fill("errors.provider_error", code=code, message=message, description=message)
    told = fill(
        "errors.upstream_direct",
        provider=provider,
        status=status,
        preview=f'{{"error":{{"message":"{message}"}}}}',
        diagnostics=diagnostics(provider, status),
    )
    told["upstream_error"] = error or own
    return refuse(call, 502, "upstream_error", reason, shape="direct", **told)
