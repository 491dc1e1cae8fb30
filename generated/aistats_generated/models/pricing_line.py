from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class PricingLine(ApiModel):
    billable_units: float
    billing_timestamp_basis: str
    billing_timestamp_basis_configured: str
    billing_timestamp_iso: str
    billing_timestamp_ms: float
    dimension: str
    line_cost_usd: str
    line_nanos: int
    quantity: float
    unit_price_usd: str
    unit_size: float
    pricing_plan: str | None = UNSET
    pricing_time_window: Any = UNSET
    service_tier: str | None = UNSET

    _fields = Fields(
        ("billable_units", "billable_units", None),
        ("billing_timestamp_basis", "billing_timestamp_basis", None),
        ("billing_timestamp_basis_configured", "billing_timestamp_basis_configured", None),
        ("billing_timestamp_iso", "billing_timestamp_iso", None),
        ("billing_timestamp_ms", "billing_timestamp_ms", None),
        ("dimension", "dimension", None),
        ("line_cost_usd", "line_cost_usd", None),
        ("line_nanos", "line_nanos", None),
        ("quantity", "quantity", None),
        ("unit_price_usd", "unit_price_usd", None),
        ("unit_size", "unit_size", None),
        ("pricing_plan", "pricing_plan", None),
        ("pricing_time_window", "pricing_time_window", None),
        ("service_tier", "service_tier", None),
        promised=11,
    )
