from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.gateway_pricing_meters import GatewayPricingMeters
    from ..models.gateway_pricing_pricing_plan import GatewayPricingPricingPlan


@model
class GatewayPricing(ApiModel):
    meters: GatewayPricingMeters
    pricing_plan: GatewayPricingPricingPlan

    _fields = Fields(
        ("meters", "meters", Ref("GatewayPricingMeters")),
        ("pricing_plan", "pricing_plan", None),
        promised=2,
    )
