"""What can be asked about the catalogue: models, providers, endpoints, prices (docs/gateway.md)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from aistats.sandbox.calls import Answer, encode
from aistats.sandbox.catalogue import BY_ID, KINDS, MODELS, PROVIDERS
from aistats.sandbox.money import NANOS, breakdown
from aistats.sandbox.refusals import NO_STORE, bare, not_found
from aistats.sandbox.shapes import fill, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.catalogue import Model
    from aistats.sandbox.state import World

LONG: Final = {"Cache-Control": "private, max-age=1800, stale-while-revalidate=1800"}
SHORT: Final = {"Cache-Control": "private, max-age=300, stale-while-revalidate=600"}
LARGEST_OFFSET = 5000
FEEDS = {
    "rss": (
        "application/rss+xml",
        '<rss version="2.0"><channel><title>models</title>{}</channel></rss>',
        "<item><title>{}</title></item>",
    ),
    "atom": (
        "application/atom+xml",
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>models</title>{}</feed>',
        "<entry><title>{}</title></entry>",
    ),
}


def paged(call: Call, items: Sequence[Any], *, default: int = 50, largest: int = 250) -> JSONObject:
    """Cut out the page a call asks for; junk and 0 are read as the default."""
    limit = min(call.number("limit") or default, largest)
    offset = call.number("offset")
    if offset > LARGEST_OFFSET:
        raise _invalid(f"The offset goes up to {LARGEST_OFFSET}.", max_offset=LARGEST_OFFSET)
    page = list(items[offset : offset + limit])
    return {"limit": limit, "offset": offset, "total": len(items), "page": page}


def _invalid(message: str, **extra: Any) -> Exception:
    return bare(400, {"ok": False, "error": "invalid_request", "message": message, **extra})


def _list(call: Call, name: str, items: Sequence[Any], headers: Any, **before: Any) -> Answer:
    cut = paged(call, items)
    page = cut.pop("page")
    return Answer(body={"ok": True, **before, **cut, name: page}, headers=headers)


def shown(shape: str, model: Model, kind: str | None = None, **more: Any) -> JSONObject:
    """Return a model in one of the forms the wire has for it."""
    own: JSONObject = table("catalogue")["parameters"].get(kind or model.kind, {})
    more["own"], more["names"] = own, sorted(own)
    more["whole"] = {name: {**told, "providers": [model.provider]} for name, told in own.items()}
    more["prices"] = {n: fill("catalogue.meter", model=model, price=p) for n, p in _prices(model)}
    return fill(f"catalogue.{shape}", model=model, **more)


def _prices(model: Model) -> list[tuple[str, str]]:
    out = "output_image_tokens" if model.kind == "image" else "output_text_tokens"
    both = (("input_text_tokens", model.input_price), (out, model.output_price))
    return [(name, price) for name, price in both if price != "0"]


def models(world: World, call: Call) -> Answer:
    """List models in today's form; not there while the seed-era paths are."""
    if "seed_paths" not in world.off:
        raise not_found()
    return _models(call, "current")


def _models(call: Call, shape: str, **more: Any) -> Answer:
    mode = call.arg("availability") or "active"
    if mode not in {"active", "all"}:
        raise _invalid("availability is active or all")
    wish = call.arg("format") or call.arg("feed")
    if wish and wish not in {"json", *FEEDS}:
        raise _invalid("format is json, rss or atom", provided=wish)
    found = [model for model in MODELS if _wanted(model, call)]
    if wish in FEEDS:
        kind, feed, item = FEEDS[wish]
        text = feed.format("".join(item.format(model.id) for model in found))
        return Answer(body=text.encode(), content_type=kind, headers=LONG)
    rows = [shown(shape, model) for model in found]
    return _list(call, "models", rows, LONG, availability_mode=mode, **more)


def _wanted(model: Model, call: Call) -> bool:
    checks: dict[str, Sequence[str]] = {
        "endpoints": model.endpoints,
        "provider": (model.provider,),
        "organisation": (model.author,),
        "input_types": model.inputs,
        "input_modalities": model.inputs,
        "output_types": model.outputs,
        "output_modalities": model.outputs,
        "status": ("active",),
    }
    return all(not call.words(name) or call.words(name) & {*checks[name]} for name in checks)


def gateway_models(_world: World, call: Call) -> Answer:
    """List models, all or the workspace's, in the form and at the place of the seed era."""
    scope = "team" if call.route.name == "models.me" else "shared"
    return _models(call, "earlier", privacy_scope=scope)


def data_models(_world: World, call: Call) -> Answer:
    """List the catalogue of the seed era, which knew nothing of providers."""
    wanted = call.arg("model_id") or call.arg("id")
    rows = [shown("data", model) for model in MODELS if wanted in {None, "", model.id}]
    return _list(call, "models", rows, LONG, include_hidden=False)


def my_models(_world: World, _call: Call) -> Answer:
    """Refuse: the gateway has only kept a place for this."""
    body = {"status_code": 501, "error": "not_implemented", "description": "not there yet"}
    raise bare(501, body)


def model_endpoints(_world: World, call: Call) -> Answer:
    """List the ways to reach one model."""
    model = BY_ID.get(f"{call.param('author')}/{call.param('slug')}")
    if model is None:
        raise bare(404, {"ok": False, "error": "not_found", "message": "no such model"})
    ways = [
        shown("endpoint", model, "batch" if name == "batch" else None, **_way(name))
        for name in model.capabilities
    ]
    return Answer(body=shown("model_endpoints", model, endpoints=ways), headers=LONG)


def _way(name: str) -> JSONObject:
    collection, path = name.split(".", maxsplit=1)[0], f"/v1/{name.replace('.', '/')}"
    return {"capability": name, "public_path": path, "collection": collection}


def providers(_world: World, call: Call) -> Answer:
    """List providers."""
    rows = [fill("catalogue.provider_row", id=i, name=n) for i, n in sorted(PROVIDERS.items())]
    return _list(call, "providers", rows, {**SHORT, "X-Phaseo-Cache": "MISS"})


def organisations(_world: World, call: Call) -> Answer:
    """List the organisations that make the models."""
    authors = sorted({(model.author, model.author_name) for model in MODELS})
    rows = [fill("catalogue.organisation_row", id=i, name=n) for i, n in authors]
    return _list(call, "organisations", rows, SHORT)


def endpoints(_world: World, _call: Call) -> Answer:
    """List the kinds of work the catalogue can do."""
    names = sorted({name for kind in KINDS.values() for name in kind["endpoints"]})
    rows: list[JSONObject] = []
    for name in names:
        able = [model for model in MODELS if name in model.endpoints]
        counts = {"models": len(able), "providers": len({model.provider for model in able})}
        rows.append(fill("catalogue.endpoint_row", id=name, **_way(name), **counts))
    body = {"ok": True, "endpoints": names, "data": rows}
    return Answer(body=body | {"sample_models": [m.id for m in MODELS[:10]]}, headers=LONG)


def _objects(data: list[JSONObject]) -> Answer:
    return Answer(body={"object": "list", "data": data}, headers=NO_STORE)


def video_models(_world: World, _call: Call) -> Answer:
    """List the models that make videos."""
    return _objects([shown("capable", model) for model in MODELS if model.kind == "video"])


def batch_models(_world: World, _call: Call) -> Answer:
    """List the models that batches can use."""
    able = [model for model in MODELS if "batch" in model.endpoints]
    return _objects([shown("capable", model, "batch") for model in able])


def batch_capabilities(_world: World, _call: Call) -> Answer:
    """List what each provider's batches can do."""
    return _objects([fill("catalogue.batch_capability")])


def price_list(_world: World, _call: Call) -> Answer:
    """List the prices."""
    rows: list[JSONObject] = []
    for model in MODELS:
        meters = [fill("catalogue.priced_meter", name=n, price=p) for n, p in _prices(model)]
        way = model.capabilities[0]
        rows.append(fill("catalogue.priced_model", model=model, endpoint=way, meters=meters))
    return Answer(body={"ok": True, "models": rows}, headers=SHORT)


def calculate(world: World, call: Call) -> Answer:
    """Work out what an amount of work costs; what cannot be read is a fault of the gateway's."""
    try:
        return _calculated(world, call.json())
    except (ValueError, TypeError, OverflowError) as error:
        told = {"ok": False, "error": "calculation_failed", "message": str(error)}
        raise bare(500, told, {}) from None


def _calculated(world: World, body: Any) -> Answer:
    needed = ("provider", "model", "endpoint", "usage")
    if not isinstance(body, dict) or not all(body.get(name) for name in needed):
        raise bare(400, {"ok": False, "error": "missing_required_fields"}, {})
    model = BY_ID.get(str(body["model"]))
    known = model is not None and model.provider == body["provider"]
    if model is None or not known or body["endpoint"] not in model.capabilities:
        message = "The sandbox has no price for this model there."
        raise bare(404, {"ok": False, "error": "pricing_not_found", "message": message}, {})
    prices, used = dict(_prices(model)), dict(body["usage"])
    price = breakdown([(n, int(q), prices.get(n, "0")) for n, q in used.items()], world.clock)
    usd = Decimal(price["total_nanos"]) / NANOS
    told = {"usd": float(usd), "text": f"{usd:.9f}", "cents": float(usd * 100)}
    return Answer(body=fill("catalogue.calculated", **told, lines=price["lines"]))


def generation(world: World, call: Call) -> Answer:
    """Return the record of one finished request."""
    wanted = call.arg("id")
    if not wanted:
        raise bare(400, {"ok": False, "error": "missing_id"})
    if wanted not in world.generations:
        raise bare(404, {"ok": False, "error": "not_found"})
    return Answer(body=world.generations[wanted], headers=NO_STORE)


def health(_world: World, _call: Call) -> Answer:
    """Say that all is well."""
    return Answer(body={"status": "ok"})


def derank(_world: World, _call: Call) -> Answer:
    """Refuse: this route is the gateway's own and wants another secret."""
    raise bare(403, {"error": "forbidden", "message": "This route is not for callers."})


def websocket(_world: World, _call: Call) -> Answer:
    """Say that this route wants a WebSocket, which the sandbox does not speak."""
    fault = {"code": "websocket_upgrade_required", "message": "Use a WebSocket here."}
    return Answer(body=encode({"error": fault}), status=426)
