from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.pricing_line import PricingLine


@model
class CalculatedPrice(ApiModel):
    cost_cents: float
    cost_usd: float
    cost_usd_str: str
    currency: str
    lines: list[PricingLine]

    _fields = Fields(
        ("cost_cents", "cost_cents", None),
        ("cost_usd", "cost_usd", None),
        ("cost_usd_str", "cost_usd_str", None),
        ("currency", "currency", None),
        ("lines", "lines", ListOf(Ref("PricingLine"))),
        promised=5,
    )
