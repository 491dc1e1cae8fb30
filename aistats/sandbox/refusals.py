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
    by_user = status < 500 or status == 501
    origin = origin or ("user" if by_user else "upstream" if status == 502 else "gateway")
    values: JSONObject = {"call": call, "status": status, "code": code, "origin": origin}
    values |= {"reason": reason or MISSING, "message": message or MISSING, "extra": extra}
    values |= {"description": message or reason or code, "title": message or f"{status} error"}
    values |= {"kind": "user" if by_user else "system", "id": call.request_id if ids else MISSING}
    values["workspace"] = WORKSPACE if ids and workspace else MISSING
    if shape in MEDIA:
        page: Any = fill(f"errors.{shape}", **values)
        return plain(status, page, MEDIA[shape])
    headers: Mapping[str, str] = NO_STORE
    if shape == "pipeline":
        blamed = "user" if origin == "user" else "upstream"
        headers = TIMING | {"X-Gateway-Error-Attribution": blamed, "X-Gateway-Error-Origin": origin}
    return bare(status, fill(f"errors.{shape}", **values), headers)


def bare(status: int, body: JSONObject, headers: Mapping[str, str] = NO_STORE) -> Refusal:
    """Refuse with a body of its own, as the control plane's routes and providers do."""
    return Refusal(Answer(body=body, status=status, headers=headers))


def plain(status: int, words: str, kind: str = PLAIN) -> Refusal:
    """Refuse in plain text, as for unknown paths and uncaught exceptions."""
    return Refusal(Answer(body=words.encode(), status=status, content_type=kind))


def not_found() -> Refusal:
    """Refuse a path or method that is not there."""
    return plain(404, "404 Not Found")


def routing(model: str | None, endpoint: str) -> JSONObject:
    """Return what the gateway tells of its choice of a provider."""
    talk = endpoint.split(".", maxsplit=1)[0] in CONVERSATIONS
    return fill("errors.routing", model=model, endpoint=endpoint, talk=talk, only=[], left=1)


def diagnostics(provider: str | None, upstream_status: int | None) -> JSONObject:
    """Return the `provider_failure_diagnostics` member for a provider's status, or nothing."""
    found = table("errors")["categories"].get(str(min(upstream_status or 0, 500)))
    given = {"category": found[0], "hint": found[1], "provider": provider} if found else {}
    return fill("errors.diagnostics", **given) if given else {}


def _words(status: int | None) -> tuple[str | None, str]:
    """Return the code and the message that go with a provider's status, or with none at all."""
    known = table("errors")["providers_words"]
    code, message = known.get(str(min(status or 0, 500)), known["500"])
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
    known = _words(last)
    said = {"provider": provider, "code": code or known[0], "message": message or known[1]}
    told = fill(
        "errors.upstream",
        **said,
        lost=not statuses,
        statuses=list(statuses),
        shown=statuses[:3] or (None,),
        attempts=max(len(statuses), 1),
        routing=routing(model, call.route.name),
        diagnostics=diagnostics(provider, last),
    )
    failed = f'Provider "{provider}" failed ({f"HTTP {last}" if last else "no answer"})'
    description = f'{failed} on model "{model}": {said["message"]}'
    return refuse(call, 502, outer, shape="pipeline", message=description, **(told | more))


def upstream_direct(
    call: Call,
    reason: str,
    *,
    provider: str | None = None,
    status: int | None = None,
    error: JSONObject | None = None,
) -> Refusal:
    """Answer 502 in the form a provider's failure has on job routes."""
    told: JSONObject = {"upstream_error": error}
    if status is not None:
        code, message = _words(status)
        said = {"code": code, "message": message, "provider": provider, "status": status}
        more = diagnostics(provider, status)
        error = error or fill("errors.provider_error", **said)
        told = fill("errors.upstream_direct", **said, error=error, diagnostics=more)
    return refuse(call, 502, "upstream_error", reason, shape="direct", **told)
