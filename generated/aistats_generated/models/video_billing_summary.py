from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.video_billing_summary_state import VideoBillingSummaryState


@model
class VideoBillingSummary(ApiModel):
    billable: bool
    currency: str
    state: VideoBillingSummaryState
    billed_at: str | None = UNSET
    charge_reason: str | None = UNSET
    charged: bool | None = UNSET
    estimated_nanos: int | None = UNSET
    estimated_provider_cost: str | None = UNSET
    estimated_user_cost: str | None = UNSET
    reservation_id: str | None = UNSET
    reservation_status: str | None = UNSET
    reserved_nanos: int | None = UNSET
    settled_provider_cost: str | None = UNSET
    settled_user_cost: str | None = UNSET
    total_nanos: int | None = UNSET

    _fields = Fields(
        ("billable", "billable", None),
        ("currency", "currency", None),
        ("state", "state", None),
        ("billed_at", "billed_at", None),
        ("charge_reason", "charge_reason", None),
        ("charged", "charged", None),
        ("estimated_nanos", "estimated_nanos", None),
        ("estimated_provider_cost", "estimated_provider_cost", None),
        ("estimated_user_cost", "estimated_user_cost", None),
        ("reservation_id", "reservation_id", None),
        ("reservation_status", "reservation_status", None),
        ("reserved_nanos", "reserved_nanos", None),
        ("settled_provider_cost", "settled_provider_cost", None),
        ("settled_user_cost", "settled_user_cost", None),
        ("total_nanos", "total_nanos", None),
        promised=3,
    )
