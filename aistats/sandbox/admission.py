"""The checks every pipeline request passes, in the gateway's order, before any work is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aistats.sandbox.catalogue import Kind, Model, find
from aistats.sandbox.envelopes import pipeline
from aistats.sandbox.routing import policy
from aistats.sandbox.validation import read_body, refuse_unknown

if TYPE_CHECKING:
    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.state import World

MINIMUM_NANOS = 1_000_000_000  # the gateway wants one US dollar before it starts anything
DEFAULT_MODELS: dict[Kind, str] = {
    "moderation": "openai/omni-moderation",
    "image": "openai/gpt-image-1.5",
    "video": "sora-2",
}
UNKNOWN_MODEL = "The sandbox has no such model for this endpoint. GET /models lists what it has."
NO_CANDIDATES: JSONObject = {
    "totalProviders": 0,
    "supportsEndpointCount": 0,
    "droppedUnsupportedEndpoint": [],
    "droppedMissingAdapter": [],
    "candidateCount": 0,
}
LIMITS = {
    "soft_blocked": "This key is blocked for now and cannot send requests.",
    "over_budget": "This key has used up its daily request limit (1/1).",
}


def admit(world: World, call: Call, kind: Kind) -> tuple[JSONObject, Model]:
    """Return the request's body and its model, or raise the refusal."""
    body = read_body(call)
    if "x-phaseo-testing-mode" in call.headers:
        raise pipeline(call, 401, "unauthorised", description="requires_internal_token")
    model_id = body.get("model", DEFAULT_MODELS.get(kind))
    if isinstance(model_id, str) and model_id.startswith("@"):
        raise pipeline(call, 500, "gateway_error", description="gateway_context_failed")
    _check_budget(world, call)
    model = find(model_id, kind)
    if model is None:
        raise unknown_model(call)
    refuse_unknown(call, body, model.id)
    _check_provider(call, body, model)
    return body, model


def _check_budget(world: World, call: Call) -> None:
    state = call.key.state if call.key else "active"
    if state in LIMITS:
        raise pipeline(call, 429, "key_limit_exceeded", description=LIMITS[state])
    if world.balance_nanos < MINIMUM_NANOS:
        raise pipeline(call, 402, "insufficient_funds")


def unknown_model(call: Call) -> Exception:
    """Refuse a model that is not there, or that does not do this kind of work."""
    return pipeline(
        call,
        400,
        "unsupported_model_or_endpoint",
        description=UNKNOWN_MODEL,
        error_operational_kind="invalid_model_slug",
        reason="model_not_found_or_inactive",
        provider_candidate_diagnostics=NO_CANDIDATES,
    )


def _check_provider(call: Call, body: JSONObject, model: Model) -> None:
    wishes: Any = body.get("provider")
    only = wishes.get("only") if isinstance(wishes, dict) else None
    if not only or model.provider in only:
        return
    kind = "request_provider_filter_no_match"
    message = "No route is left after the provider filters of the request"
    rules = policy(model.id, only=only, left=0)
    raise pipeline(
        call,
        400,
        "validation_error",
        description=message,
        error_operational_kind=kind,
        details=[{"message": message, "path": ["provider"], "keyword": kind, "params": rules}],
        routing_diagnostics={"workspacePolicy": rules},
    )
