"""The checks every pipeline request passes, in the gateway's order, before any work is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aistats.sandbox.catalogue import Model, find
from aistats.sandbox.money import NANOS
from aistats.sandbox.refusals import refuse
from aistats.sandbox.shapes import fill
from aistats.sandbox.validation import read_body, refuse_unknown

if TYPE_CHECKING:
    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.state import World

MINIMUM_NANOS = NANOS  # the gateway wants one US dollar before it starts anything
DEFAULT_MODELS = {
    "moderation": "openai/omni-moderation",
    "image": "openai/gpt-image-1.5",
    "video": "sora-2",
}
UNKNOWN_MODEL = "The sandbox has no such model for this endpoint. GET /models lists what it has."
LIMITS = {
    "soft_blocked": "This key is blocked for now and cannot send requests.",
    "over_budget": "This key has used up its daily request limit (1/1).",
}


def admit(world: World, call: Call, kind: str) -> tuple[JSONObject, Model]:
    """Return the request's body and its model, or raise the refusal."""
    body = read_body(call)
    if "x-phaseo-testing-mode" in call.headers:
        raise refuse(call, 401, "unauthorised", "requires_internal_token")
    model_id = body.get("model", DEFAULT_MODELS.get(kind))
    if isinstance(model_id, str) and model_id.startswith("@"):
        raise refuse(call, 500, "gateway_error", "gateway_context_failed")
    state = call.key.state if call.key else "active"
    if state in LIMITS:
        raise refuse(call, 429, "key_limit_exceeded", LIMITS[state])
    if world.balance_nanos < MINIMUM_NANOS:
        raise refuse(call, 402, "insufficient_funds")
    model = find(model_id, kind)
    if model is None:
        code = "unsupported_model_or_endpoint"
        raise refuse(call, 400, code, UNKNOWN_MODEL, **fill("errors.no_model"))
    refuse_unknown(call, body, model.id)
    _check_provider(call, body, model)
    return body, model


def _check_provider(call: Call, body: JSONObject, model: Model) -> None:
    wishes: Any = body.get("provider")
    only = wishes.get("only") if isinstance(wishes, dict) else None
    if only and model.provider not in only:
        message = "No route is left after the provider filters of the request"
        told = fill("errors.no_provider", message=message, model=model.id, only=only, left=0)
        raise refuse(call, 400, "validation_error", message, **told)
