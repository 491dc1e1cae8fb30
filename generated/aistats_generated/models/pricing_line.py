from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class PricingLine(ApiModel):
    billable_units: float | Unset = UNSET
    billing_timestamp_basis: str | Unset = UNSET
    billing_timestamp_basis_configured: str | Unset = UNSET
    billing_timestamp_iso: str | Unset = UNSET
    billing_timestamp_ms: float | Unset = UNSET
    dimension: str | Unset = UNSET
    line_cost_usd: str | Unset = UNSET
    line_nanos: int | Unset = UNSET
    pricing_plan: str | Unset = UNSET
    pricing_time_window: Any | Unset = UNSET
    quantity: float | Unset = UNSET
    service_tier: str | Unset = UNSET
    unit_price_usd: str | Unset = UNSET
    unit_size: float | Unset = UNSET

    _fields = Fields(
        ("billable_units", "billable_units", None),
        ("billing_timestamp_basis", "billing_timestamp_basis", None),
        ("billing_timestamp_basis_configured", "billing_timestamp_basis_configured", None),
        ("billing_timestamp_iso", "billing_timestamp_iso", None),
        ("billing_timestamp_ms", "billing_timestamp_ms", None),
        ("dimension", "dimension", None),
        ("line_cost_usd", "line_cost_usd", None),
        ("line_nanos", "line_nanos", None),
        ("pricing_plan", "pricing_plan", None),
        ("pricing_time_window", "pricing_time_window", None),
        ("quantity", "quantity", None),
        ("service_tier", "service_tier", None),
        ("unit_price_usd", "unit_price_usd", None),
        ("unit_size", "unit_size", None),
    )
