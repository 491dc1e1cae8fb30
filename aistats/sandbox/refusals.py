"""Refusals in the gateway's shapes (docs/gateway.md), and what a failing provider looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from aistats.sandbox.calls import Answer, Call, JSONObject, Refusal
from aistats.sandbox.shapes import fill, table

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

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
    without: Container[str] = (),
    **extra: Any,
) -> Refusal:
    """Refuse in the shape of the route, or in another one, *without* some members.

    The pipeline's shape tells the reason in `description`, the direct one in `reason`.
    """
    shape = shape or call.route.shape
    by_user = status < 500 or status == 501
    origin = origin or ("user" if by_user else "upstream" if status == 502 else "gateway")
    values: JSONObject = {"call": call, "status": status, "code": code, "origin": origin}
    values |= {"reason": reason, "message": message, "extra": extra, "workspace": WORKSPACE}
    values["kind"] = "user" if by_user else "system"
    body: Any = fill(f"errors.{shape}", **values)
    if shape in MEDIA:
        return plain(status, body, MEDIA[shape])
    body = {name: value for name, value in body.items() if name not in without}
    return bare(status, body, _blaming(origin) if shape == "pipeline" else NO_STORE)


def _blaming(origin: str) -> Mapping[str, str]:
    blamed = "user" if origin == "user" else "upstream"
    return TIMING | {"X-Gateway-Error-Attribution": blamed, "X-Gateway-Error-Origin": origin}


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
    """Answer 502 as pipeline routes do; without any status the provider was lost."""
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


def upstream_direct(call: Call, reason: str, *, provider: str, status: int) -> Refusal:
    """Answer 502 in the form a provider's failure has on job routes."""
    code, message = _words(status)
    said: JSONObject = {"code": code, "message": message, "provider": provider, "status": status}
    told = fill("errors.upstream_direct", **said, diagnostics=diagnostics(provider, status))
    return refuse(call, 502, "upstream_error", reason, shape="direct", **told)
