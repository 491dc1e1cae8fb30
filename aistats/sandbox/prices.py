"""What work costs: the list of prices, and the sum for an amount of work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aistats.sandbox.calls import Answer
from aistats.sandbox.catalogue import BY_ID, CAPABILITIES, MODELS
from aistats.sandbox.discovery import SHORT
from aistats.sandbox.envelopes import control
from aistats.sandbox.pricing import breakdown

if TYPE_CHECKING:
    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.catalogue import Model
    from aistats.sandbox.state import World


def models(_world: World, _call: Call) -> Answer:
    """List the prices."""
    rows = [
        {
            "provider": model.provider,
            "model": model.id,
            "endpoint": CAPABILITIES[model.kind][0],
            "display_name": model.name,
            "meters": [_meter(name, price) for name, price in _prices(model) if price != "0"],
        }
        for model in MODELS
    ]
    return Answer(body={"ok": True, "models": rows}, headers=SHORT)


def _prices(model: Model) -> tuple[tuple[str, str], ...]:
    return ("input_text_tokens", model.input_price), ("output_text_tokens", model.output_price)


def _meter(name: str, price: str) -> JSONObject:
    return {
        "meter": name,
        "unit": "token",
        "unit_size": 1_000_000,
        "price_per_unit": price,
        "currency": "USD",
        "conditions": [],
        "billing_timestamp_basis": "request_start",
        "time_windows": [],
    }


def calculate(world: World, call: Call) -> Answer:
    """Work out what an amount of work costs; malformed JSON is a fault of the gateway's here."""
    try:
        body: Any = call.json()
    except ValueError as error:
        raise control(
            500, {"ok": False, "error": "calculation_failed", "message": str(error)}, {}
        ) from None
    needed = ("provider", "model", "endpoint", "usage")
    if not isinstance(body, dict) or not all(body.get(name) for name in needed):
        raise control(400, {"ok": False, "error": "missing_required_fields"}, {})
    model = BY_ID.get(body["model"])
    known = model is not None and model.provider == body["provider"]
    if model is None or not known or body["endpoint"] not in CAPABILITIES[model.kind]:
        message = "The sandbox has no price for this model there."
        raise control(404, {"ok": False, "error": "pricing_not_found", "message": message}, {})
    prices = dict(_prices(model))
    used: JSONObject = body["usage"]
    price = breakdown([(n, int(q), prices.get(n, "0")) for n, q in used.items()], world.clock)
    usd = price["total_nanos"] / 1_000_000_000
    answer = {"cost_usd": usd, "cost_usd_str": f"{usd:.9f}", "cost_cents": usd * 100}
    return Answer(
        body={"ok": True, "pricing": {**answer, "currency": "USD", "lines": price["lines"]}}
    )
