from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.pricing_line import PricingLine
    from ..types import Unset


@model
class CalculatedPrice(ApiModel):
    cost_cents: float | Unset = UNSET
    cost_usd: float | Unset = UNSET
    cost_usd_str: str | Unset = UNSET
    currency: str | Unset = UNSET
    lines: list[PricingLine] | Unset = UNSET

    _fields = Fields(
        ("cost_cents", "cost_cents", None),
        ("cost_usd", "cost_usd", None),
        ("cost_usd_str", "cost_usd_str", None),
        ("currency", "currency", None),
        ("lines", "lines", ListOf(Ref("PricingLine"))),
    )
