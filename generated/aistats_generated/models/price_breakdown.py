from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.pricing_line import PricingLine
    from ..types import Unset


@model
class PriceBreakdown(ApiModel):
    currency: str | Unset = UNSET
    lines: list[PricingLine] | Unset = UNSET
    total_cents: int | Unset = UNSET
    total_nanos: int | Unset = UNSET
    total_usd_str: str | Unset = UNSET

    _fields = Fields(
        ("currency", "currency", None),
        ("lines", "lines", ListOf(Ref("PricingLine"))),
        ("total_cents", "total_cents", None),
        ("total_nanos", "total_nanos", None),
        ("total_usd_str", "total_usd_str", None),
    )
