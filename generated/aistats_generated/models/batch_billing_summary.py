from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_billing_summary_state import BatchBillingSummaryState


@model
class BatchBillingSummary(ApiModel):
    billed: bool
    charged: bool
    reason: str
    pricing_breakdown: Any
    cost_nanos: int | None = UNSET
    cost_usd: float | None = UNSET
    currency: str | None = UNSET
    estimated_nanos: int | None = UNSET
    estimated_provider_cost: str | None = UNSET
    estimated_user_cost: str | None = UNSET
    estimation_sample_size: int | None = UNSET
    estimation_total_rows: int | None = UNSET
    estimation_truncated: bool | None = UNSET
    finalized_at: str | None = UNSET
    reservation_id: str | None = UNSET
    reservation_status: str | None = UNSET
    reserved_nanos: int | None = UNSET
    settled_provider_cost: str | None = UNSET
    settled_user_cost: str | None = UNSET
    state: BatchBillingSummaryState | None = UNSET
    total_nanos: int | None = UNSET

    _fields = Fields(
        ("billed", "billed", None),
        ("charged", "charged", None),
        ("reason", "reason", None),
        ("pricing_breakdown", "pricing_breakdown", None),
        ("cost_nanos", "cost_nanos", None),
        ("cost_usd", "cost_usd", None),
        ("currency", "currency", None),
        ("estimated_nanos", "estimated_nanos", None),
        ("estimated_provider_cost", "estimated_provider_cost", None),
        ("estimated_user_cost", "estimated_user_cost", None),
        ("estimation_sample_size", "estimation_sample_size", None),
        ("estimation_total_rows", "estimation_total_rows", None),
        ("estimation_truncated", "estimation_truncated", None),
        ("finalized_at", "finalized_at", None),
        ("reservation_id", "reservation_id", None),
        ("reservation_status", "reservation_status", None),
        ("reserved_nanos", "reserved_nanos", None),
        ("settled_provider_cost", "settled_provider_cost", None),
        ("settled_user_cost", "settled_user_cost", None),
        ("state", "state", None),
        ("total_nanos", "total_nanos", None),
        promised=3,
    )
