"""How the catalogue's models look on the wire: today's form and the one before 2026-08-10."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aistats.sandbox.catalogue import CAPABILITIES, ENDPOINTS, MODALITIES, PROVIDERS

if TYPE_CHECKING:
    from aistats.sandbox.calls import JSONObject
    from aistats.sandbox.catalogue import Model

RELEASED = "2026-01-01T00:00:00"
METERS = (
    "input_tokens",
    "input_characters",
    "input_text_bytes",
    "input_text_tokens",
    "input_image_tokens",
    "input_image",
    "input_video_tokens",
    "input_audio_tokens",
    "input_audio_seconds",
    "output_tokens",
    "output_text_tokens",
    "output_image_tokens",
    "output_image",
    "output_audio_tokens",
    "output_audio_seconds",
    "web_search",
    "implicit_cached_input_text_tokens",
    "cached_read_text_tokens",
    "cached_write_text_tokens",
    "cached_write_text_tokens_5m",
    "cached_write_text_tokens_1h",
)
ACTIVE = {"provider": "active", "model": "active", "capability": "active"}
COUNTS = {"provider_count": 1, "active_provider_count": 1}
AVAILABLE: JSONObject = {
    "status": "active",
    **COUNTS,
    "coming_soon_provider_count": 0,
    "inactive_provider_count": 0,
}
PARAMETERS: dict[str, dict[str, JSONObject]] = {
    "video": {
        "prompt": {"supported": True, "type": "string"},
        "duration": {"supported": True, "type": "integer", "aliases": ["seconds"]},
        "size": {"supported": True, "type": "string", "aliases": ["resolution"]},
    },
    "batch": {
        "endpoint": {
            "supported": True,
            "type": "enum",
            "values": ["/v1/chat/completions", "/v1/responses"],
            "default": "/v1/responses",
        },
        "completion_window": {
            "supported": True,
            "type": "enum",
            "values": ["24h"],
            "default": "24h",
        },
    },
    "text": {
        "temperature": {"supported": True, "type": "number"},
        "max_tokens": {"supported": True, "type": "integer"},
    },
}


def pricing(model: Model) -> JSONObject:
    """Return the price card: one meter for each price, null for all others."""
    meters: dict[str, Any] = dict.fromkeys(METERS)
    out = "output_image_tokens" if model.kind == "image" else "output_text_tokens"
    for name, price in (("input_text_tokens", model.input_price), (out, model.output_price)):
        if price != "0":
            meters[name] = {
                "provider_id": model.provider,
                "unit": "token",
                "unit_size": 1_000_000,
                "price_per_unit": price,
                "currency": "USD",
            }
    return {"pricing_plan": "standard", "meters": meters}


def details(kind: str, provider: str | None = None) -> JSONObject:
    """Return what a kind of model takes; with the provider where the wire names it."""
    found = PARAMETERS.get(kind, {})
    extra = {"providers": [provider]} if provider else {}
    return {name: {**told, **extra} for name, told in found.items()}


def organization(model: Model) -> JSONObject:
    """Return the organisation that made the model."""
    return {"id": model.author, "name": model.author.title(), "color": "#333333"}


def _modalities(model: Model) -> JSONObject:
    inputs, outputs = MODALITIES[model.kind]
    return {"input": list(inputs), "output": list(outputs)}


def _capabilities(model: Model, *, with_provider: bool) -> JSONObject:
    found = details(model.kind, model.provider if with_provider else None)
    return {"parameters": sorted(found), "parameter_details": found}


def current(model: Model) -> JSONObject:
    """Return a model as `/models` shows it."""
    lifecycle = {"status": "active", "released_at": RELEASED, "deprecated_at": None}
    lifecycle |= {"retires_at": None, "replacement_id": None, "message": None}
    return {
        "id": model.id,
        "base_model_id": model.id,
        "variant": "standard",
        "variants": {"standard": {"model_id": model.id, "name": model.name}},
        "name": model.name,
        "description": f"{model.name}, as the sandbox plays it.",
        "organization": organization(model),
        "aliases": [],
        "lifecycle": lifecycle,
        "modalities": _modalities(model),
        "limits": {"input_tokens": None, "output_tokens": None},
        "capabilities": {
            "endpoints": list(CAPABILITIES[model.kind]),
            **_capabilities(model, with_provider=True),
        },
        "availability": dict(AVAILABLE),
        "pricing": pricing(model),
        "offers": [_offer(model)],
    }


def _offer(model: Model) -> JSONObject:
    return {
        "provider": {"id": model.provider, "name": PROVIDERS[model.provider]},
        "model": model.native,
        "status": "active",
        "status_reason": "active",
        "routable": True,
        "endpoints": list(CAPABILITIES[model.kind]),
        "modalities": _modalities(model),
        "capabilities": _capabilities(model, with_provider=False),
        "routing": dict(ACTIVE),
        "effective": {"from": RELEASED, "to": None},
        "pricing": pricing(model),
    }


def endpoint(model: Model, capability: str) -> JSONObject:
    """Return one way to reach a model, as its `/endpoints` lists it."""
    kind = "batch" if capability == "batch" else model.kind
    found = details(kind)
    offer = _offer(model)
    names = ("provider", "model", "routable", "status", "status_reason", "modalities")
    return {
        "id": f"{model.provider}:{capability}",
        "endpoint": capability,
        "capability_id": capability,
        "public_path": f"/v1/{capability.replace('.', '/')}",
        "collection": capability.split(".", maxsplit=1)[0],
        **{name: offer[name] for name in names},
        "capabilities": {"parameters": sorted(found), "parameter_details": found},
        "routing": dict(ACTIVE),
        "effective": {"from": RELEASED, "to": None},
        "pricing": pricing(model),
    }


def capable(model: Model, kind: str) -> JSONObject:
    """Return a model as `/videos/models` and `/batches/models` show it."""
    own = details(kind)
    names = sorted(own)
    whole = details(kind, model.provider)
    inputs, outputs = MODALITIES[model.kind]
    lists = {"supported_params": names, "supported_parameters": names}
    provider = {"supported_params_detail": own, "supported_parameters_detail": own}
    return {
        "model": model.id,
        "name": model.name,
        "status": "active",
        "input_types": list(inputs),
        "output_types": list(outputs),
        **lists,
        "supported_params_detail": whole,
        "supported_parameters_detail": whole,
        "providers": [{"id": model.provider, **lists, **provider}],
        "pricing": pricing(model),
    }


def earlier(model: Model) -> JSONObject:
    """Return a model in the flat form of the seed era."""
    inputs, outputs = MODALITIES[model.kind]
    names = sorted(details(model.kind))
    provider: JSONObject = {
        "api_provider_id": model.provider,
        "api_provider_name": PROVIDERS[model.provider],
    }
    provider |= {"endpoints": list(ENDPOINTS[model.kind]), "is_active_gateway": True}
    provider |= {"params": names, "provider_status": "active", "capability_status": "active"}
    provider |= {"provider_routing_status": "active", "model_routing_status": "active"}
    provider |= {"availability_status": "active", "availability_reason": "active"}
    return {
        "model_id": model.id,
        "id": model.id,
        "name": model.name,
        "status": "active",
        "aliases": [],
        "availability": dict(AVAILABLE),
        "endpoints": list(ENDPOINTS[model.kind]),
        "input_types": list(inputs),
        "output_types": list(outputs),
        "organisation_id": model.author,
        "organisation_name": model.author.title(),
        "supported_params": names,
        "supported_parameters": names,
        "providers": [provider],
        "release_date": RELEASED,
        "top_provider_id": model.provider,
    }
