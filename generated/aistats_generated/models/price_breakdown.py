from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.pricing_line import PricingLine


@model
class PriceBreakdown(ApiModel):
    total_nanos: int
    total_usd_str: str
    currency: str | None = UNSET
    lines: list[PricingLine] | None = UNSET
    total_cents: int | None = UNSET

    _fields = Fields(
        ("total_nanos", "total_nanos", None),
        ("total_usd_str", "total_usd_str", None),
        ("currency", "currency", None),
        ("lines", "lines", ListOf(Ref("PricingLine"))),
        ("total_cents", "total_cents", None),
        promised=2,
    )
