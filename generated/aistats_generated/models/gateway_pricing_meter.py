from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.gateway_pricing_meter_currency import GatewayPricingMeterCurrency


@model
class GatewayPricingMeter(ApiModel):
    currency: GatewayPricingMeterCurrency
    price_per_unit: str
    provider_id: str
    unit: str
    unit_size: float

    _fields = Fields(
        ("currency", "currency", None),
        ("price_per_unit", "price_per_unit", None),
        ("provider_id", "provider_id", None),
        ("unit", "unit", None),
        ("unit_size", "unit_size", None),
        promised=5,
    )
