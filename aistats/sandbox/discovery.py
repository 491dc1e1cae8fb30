"""What can be asked about the catalogue: models, providers, endpoints, prices (wire-facts §8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aistats.sandbox.calls import Answer, encode
from aistats.sandbox.catalogue import BY_ID, CAPABILITIES, ENDPOINTS, MODALITIES, MODELS, PROVIDERS
from aistats.sandbox.envelopes import NO_STORE, control, text
from aistats.sandbox.model_objects import capable, current, earlier, endpoint, organization

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.catalogue import Model
    from aistats.sandbox.state import World

LONG: Final = {"Cache-Control": "private, max-age=1800, stale-while-revalidate=1800"}
SHORT: Final = {"Cache-Control": "private, max-age=300, stale-while-revalidate=600"}
LARGEST_OFFSET = 5000
FEEDS = {"rss": "application/rss+xml", "atom": "application/atom+xml"}


def paged(call: Call, items: Sequence[Any], *, default: int = 50, largest: int = 250) -> JSONObject:
    """Cut out the page a call asks for; junk and 0 are read as the default."""
    limit = min(_number(call.arg("limit")) or default, largest)
    offset = _number(call.arg("offset"))
    if offset > LARGEST_OFFSET:
        raise invalid(f"The offset goes up to {LARGEST_OFFSET}.", max_offset=LARGEST_OFFSET)
    page = list(items[offset : offset + limit])
    return {"limit": limit, "offset": offset, "total": len(items), "page": page}


def _number(value: str | None) -> int:
    return int(value) if value and value.isdigit() else 0


def invalid(message: str, **extra: Any) -> Exception:
    """Refuse a query, in the control plane's manner."""
    return control(400, {"ok": False, "error": "invalid_request", "message": message, **extra})


def _list(call: Call, name: str, items: Sequence[Any], before: JSONObject) -> JSONObject:
    cut = paged(call, items)
    page = cut.pop("page")
    return {"ok": True, **before, **cut, name: page}


def models(world: World, call: Call) -> Answer:
    """List models in today's form; not there while the seed-era paths are."""
    if "seed_paths" not in world.off:
        raise text(404, "Not Found")
    return _models(call, current)


def _models(
    call: Call, form: Callable[[Model], JSONObject], more: JSONObject | None = None
) -> Answer:
    mode = call.arg("availability") or "active"
    if mode not in {"active", "all"}:
        raise invalid("availability is active or all")
    wish = call.arg("format") or call.arg("feed")
    if wish and wish not in {"json", *FEEDS}:
        raise invalid("format is json, rss or atom", provided=wish)
    found = [model for model in MODELS if _wanted(model, call)]
    if wish in FEEDS:
        return Answer(body=_feed(found, wish), content_type=FEEDS[wish], headers=LONG)
    items = [form(model) for model in found]
    body = _list(call, "models", items, {"availability_mode": mode} | (more or {}))
    return Answer(body=body, headers=LONG)


def _wanted(model: Model, call: Call) -> bool:
    inputs, outputs = MODALITIES[model.kind]
    checks = {
        "endpoints": ENDPOINTS[model.kind],
        "provider": (model.provider,),
        "organisation": (model.author,),
        "input_types": inputs,
        "input_modalities": inputs,
        "output_types": outputs,
        "output_modalities": outputs,
        "status": ("active",),
    }
    for name, values in checks.items():
        asked = {word for text in call.query.get(name, []) for word in text.split(",") if word}
        if asked and not asked & set(values):
            return False
    return True


def _feed(found: Sequence[Model], wish: str) -> bytes:
    """Write the models as a small feed."""
    tag = "item" if wish == "rss" else "entry"
    items = "".join(f"<{tag}><title>{model.id}</title></{tag}>" for model in found)
    if wish == "rss":
        return f'<rss version="2.0"><channel><title>models</title>{items}</channel></rss>'.encode()
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>models</title>{items}</feed>'.encode()


def gateway_models(_world: World, call: Call) -> Answer:
    """List models in the form and at the place of the seed era."""
    return _models(call, earlier, {"privacy_scope": "shared"})


def gateway_team_models(_world: World, call: Call) -> Answer:
    """List the workspace's models as the seed era did."""
    return _models(call, earlier, {"privacy_scope": "team"})


def data_models(_world: World, call: Call) -> Answer:
    """List the catalogue of the seed era, which knew nothing of providers."""
    names = ("model_id", "name", "status", "input_types", "output_types", "release_date")
    wanted = call.arg("model_id") or call.arg("id")
    items = [
        {name: earlier(model)[name] for name in names} | {"hidden": False}
        for model in MODELS
        if wanted in {None, "", model.id}
    ]
    body = _list(call, "models", items, {"include_hidden": False})
    return Answer(body=body, headers=LONG)


def my_models(_world: World, _call: Call) -> Answer:
    """Refuse: the gateway has only kept a place for this."""
    body = {"status_code": 501, "error": "not_implemented", "description": "not there yet"}
    raise control(501, body)


def model_endpoints(_world: World, call: Call) -> Answer:
    """List the ways to reach one model."""
    model = BY_ID.get(f"{call.param('author')}/{call.param('slug')}")
    if model is None:
        raise control(404, {"ok": False, "error": "not_found", "message": "no such model"})
    whole = current(model)
    names = ("id", "name", "description")
    return Answer(
        body={
            "ok": True,
            **{name: whole[name] for name in names},
            "organization": organization(model),
            "modalities": whole["modalities"],
            "availability_mode": "active",
            "endpoints": [endpoint(model, name) for name in CAPABILITIES[model.kind]],
        },
        headers=LONG,
    )


def providers(_world: World, call: Call) -> Answer:
    """List providers."""
    items = [
        {
            "api_provider_id": key,
            "api_provider_name": name,
            "description": None,
            "link": f"https://{key}.invalid/docs",
            "country_code": "US",
        }
        for key, name in sorted(PROVIDERS.items())
    ]
    return Answer(
        body=_list(call, "providers", items, {}), headers={**SHORT, "X-Phaseo-Cache": "MISS"}
    )


def organisations(_world: World, call: Call) -> Answer:
    """List the organisations that make the models."""
    authors = sorted({model.author for model in MODELS})
    items = [
        {
            "organisation_id": author,
            "name": author.title(),
            "country_code": "US",
            "description": None,
            "colour": "#333333",
        }
        for author in authors
    ]
    return Answer(body=_list(call, "organisations", items, {}), headers=SHORT)


def endpoints(_world: World, _call: Call) -> Answer:
    """List the kinds of work the catalogue can do."""
    names = sorted({name for kinds in ENDPOINTS.values() for name in kinds})
    data = [_endpoint_row(name) for name in names]
    samples = [model.id for model in MODELS[:10]]
    body = {"ok": True, "endpoints": names, "data": data, "sample_models": samples}
    return Answer(body=body, headers=LONG)


def _endpoint_row(name: str) -> JSONObject:
    able = [model for model in MODELS if name in ENDPOINTS[model.kind]]
    return {
        "id": name,
        "capability_id": name,
        "public_path": f"/v1/{name.replace('.', '/')}",
        "collection": name.split(".", maxsplit=1)[0],
        "model_count": len(able),
        "provider_count": len({model.provider for model in able}),
    }


def video_models(_world: World, _call: Call) -> Answer:
    """List the models that make videos."""
    return _capable("video", "video.generation")


def batch_models(_world: World, _call: Call) -> Answer:
    """List the models that batches can use."""
    return _capable("batch", "batch")


def _capable(kind: str, name: str) -> Answer:
    data = [capable(model, kind) for model in MODELS if name in ENDPOINTS[model.kind]]
    return Answer(body={"object": "list", "data": data}, headers=NO_STORE)


def batch_capabilities(_world: World, _call: Call) -> Answer:
    """List what each provider's batches can do."""
    data = [
        {
            "id": "openai",
            "name": "OpenAI",
            "status": "active",
            "preview_readiness": "validated",
            "reconciliation_mode": "polling",
            "submission_recovery": "metadata_lookup",
            "endpoints": [{"endpoint": "/v1/chat/completions", "mode": "native"}],
            "gateway_input_modes": ["file", "requests"],
            "native_input_modes": ["file"],
            "documentation_url": "",
            "notes": "The only provider whose batches the sandbox plays.",
        }
    ]
    return Answer(body={"object": "list", "data": data}, headers=NO_STORE)


def generation(world: World, call: Call) -> Answer:
    """Return the record of one finished request."""
    wanted = call.arg("id")
    if not wanted:
        raise control(400, {"ok": False, "error": "missing_id"})
    record = world.generations.get(wanted)
    if record is None:
        raise control(404, {"ok": False, "error": "not_found"})
    return Answer(body=record, headers=NO_STORE)


def derank(_world: World, _call: Call) -> Answer:
    """Refuse: this route is the gateway's own and wants another secret."""
    raise control(403, {"error": "forbidden", "message": "This route is not for callers."})


def websocket(_world: World, _call: Call) -> Answer:
    """Say that this route wants a WebSocket, which the sandbox does not speak."""
    fault = {"code": "websocket_upgrade_required", "message": "Use a WebSocket here."}
    return Answer(body=encode({"error": fault}), status=426)
