"""What can be asked about the catalogue: models, providers, endpoints, prices (docs/gateway.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aistats.sandbox.calls import Answer, Call, JSONObject
from aistats.sandbox.catalogue import BY_ID, KINDS, MODELS, PROVIDERS, Model
from aistats.sandbox.money import NANOS, breakdown
from aistats.sandbox.refusals import NO_STORE, bare, not_found
from aistats.sandbox.shapes import fill, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aistats.sandbox.state import World

LONG: Final = {"Cache-Control": "private, max-age=1800, stale-while-revalidate=1800"}
SHORT: Final = {"Cache-Control": "private, max-age=300, stale-while-revalidate=600"}
LARGEST_OFFSET = 5000
FEEDS: dict[str, dict[str, str]] = table("catalogue")["feeds"]


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
        feed = FEEDS[wish]
        text = feed["feed"].format("".join(feed["item"].format(model.id) for model in found))
        return Answer(body=text.encode(), content_type=feed["kind"], headers=LONG)
    rows = [shown(shape, model) for model in found]
    return _list(call, "models", rows, LONG, availability_mode=mode, **more)


def _wanted(model: Model, call: Call) -> bool:
    asked = {name: call.words(name) for name in table("catalogue")["filters"]}
    known = fill("catalogue.filters", model=model)
    return all(not words or words & {*known[name]} for name, words in asked.items())


def gateway_models(_world: World, call: Call) -> Answer:
    """List models, all or the workspace's, in the form and at the place of the seed era."""
    scope = "team" if call.route.name == "models.me" else "shared"
    return _models(call, "earlier", privacy_scope=scope)


def data_models(_world: World, call: Call) -> Answer:
    """List the catalogue of the seed era, which knew nothing of providers."""
    wanted = call.arg("model_id") or call.arg("id")
    rows = [shown("data", model) for model in MODELS if wanted in {None, "", model.id}]
    return _list(call, "models", rows, LONG, include_hidden=False)


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
    samples = [model.id for model in MODELS[:10]]
    body = {"ok": True, "endpoints": names, "data": rows, "sample_models": samples}
    return Answer(body=body, headers=LONG)


def capable_models(_world: World, call: Call) -> Answer:
    """List the models that make videos, or those that batches can use."""
    kind, endpoint = ("video", "video.generation") if "video" in call.path else ("batch", "batch")
    rows = [shown("capable", model, kind) for model in MODELS if endpoint in model.endpoints]
    return Answer(body={"object": "list", "data": rows}, headers=NO_STORE)


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
    return Answer(body=fill("catalogue.calculated", price=price, usd=price["total_nanos"] / NANOS))


def generation(world: World, call: Call) -> Answer:
    """Return the record of one finished request."""
    wanted = call.arg("id")
    if not wanted:
        raise bare(400, {"ok": False, "error": "missing_id"})
    if wanted not in world.generations:
        raise bare(404, {"ok": False, "error": "not_found"})
    return Answer(body=world.generations[wanted], headers=NO_STORE)
