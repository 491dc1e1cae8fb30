from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_billing_summary_state import BatchBillingSummaryState
    from ..types import Unset


@model
class BatchBillingSummary(ApiModel):
    billed: bool | Unset = UNSET
    charged: bool | Unset = UNSET
    cost_nanos: int | None | Unset = UNSET
    cost_usd: float | None | Unset = UNSET
    currency: str | Unset = UNSET
    estimated_nanos: int | None | Unset = UNSET
    estimated_provider_cost: None | str | Unset = UNSET
    estimated_user_cost: None | str | Unset = UNSET
    estimation_sample_size: int | None | Unset = UNSET
    estimation_total_rows: int | None | Unset = UNSET
    estimation_truncated: bool | None | Unset = UNSET
    finalized_at: None | str | Unset = UNSET
    pricing_breakdown: Any | Unset = UNSET
    reason: str | Unset = UNSET
    reservation_id: None | str | Unset = UNSET
    reservation_status: None | str | Unset = UNSET
    reserved_nanos: int | None | Unset = UNSET
    settled_provider_cost: None | str | Unset = UNSET
    settled_user_cost: None | str | Unset = UNSET
    state: BatchBillingSummaryState | Unset = UNSET
    total_nanos: int | None | Unset = UNSET

    _fields = Fields(
        ("billed", "billed", None),
        ("charged", "charged", None),
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
        ("pricing_breakdown", "pricing_breakdown", None),
        ("reason", "reason", None),
        ("reservation_id", "reservation_id", None),
        ("reservation_status", "reservation_status", None),
        ("reserved_nanos", "reserved_nanos", None),
        ("settled_provider_cost", "settled_provider_cost", None),
        ("settled_user_cost", "settled_user_cost", None),
        ("state", "state", None),
        ("total_nanos", "total_nanos", None),
    )
