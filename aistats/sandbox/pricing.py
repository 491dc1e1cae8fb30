"""Prices: the breakdown that every priced answer carries (wire-facts §11.2)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from aistats.sandbox.clock import Clock
from aistats.sandbox.clock import iso as iso_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aistats.sandbox.calls import JSONObject

MILLION = 1_000_000
NANOS = 1_000_000_000
Meter = tuple[str, int, str]
"""A dimension, the quantity used of it, and its price in USD for a million."""


def breakdown(meters: Sequence[Meter], clock: Clock) -> JSONObject:
    """Return the price object for what was used."""
    lines = [_line(meter, clock) for meter in meters if Decimal(meter[2])]
    total = sum(line["line_nanos"] for line in lines)
    return {
        "total_nanos": total,
        "total_usd_str": usd_text(total),
        "total_cents": total // 10_000_000,
        "currency": "USD",
        "lines": lines,
    }


def totals(price: JSONObject) -> JSONObject:
    """Return the members that repeat the price at the top level of an answer."""
    return {
        "cost_nanos": price["total_nanos"],
        "cost_cents": price["total_cents"],
        "currency": "USD",
        "pricing_lines": price["lines"],
    }


def usd_text(nanos: int) -> str:
    """Write an amount as the wire does: plain, but in exponent form below a millionth."""
    amount = (Decimal(nanos) / NANOS).normalize()
    if nanos and amount < Decimal("1e-6"):
        digits, _, exponent = f"{amount:e}".partition("e")
        return f"{digits.rstrip('0').rstrip('.') if '.' in digits else digits}e{int(exponent)}"
    return f"{amount:f}"


def _line(meter: Meter, clock: Clock) -> JSONObject:
    dimension, quantity, price = meter
    nanos = int(Decimal(price) * quantity * NANOS / MILLION)
    moment = clock.now()
    return {
        "dimension": dimension,
        "quantity": quantity,
        "billable_units": quantity / MILLION,
        "unit_size": MILLION,
        "unit_price_usd": f"{Decimal(price):.9f}",
        "line_cost_usd": f"{Decimal(nanos) / NANOS:.9f}",
        "line_nanos": nanos,
        "billing_timestamp_basis": "request_start",
        "billing_timestamp_basis_configured": "request_start",
        "billing_timestamp_ms": int(moment * 1000),
        "billing_timestamp_iso": iso_time(moment),
        "pricing_time_window": None,
    }


def tokens_of(text: str) -> int:
    """Count tokens in a way that needs no tokenizer and gives the same number every time."""
    return max(1, len(text.split()))
