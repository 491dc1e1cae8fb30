from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.video_billing_summary_state import VideoBillingSummaryState
    from ..types import Unset


@model
class VideoBillingSummary(ApiModel):
    billable: bool | Unset = UNSET
    billed_at: str | Unset = UNSET
    charge_reason: None | str | Unset = UNSET
    charged: bool | None | Unset = UNSET
    currency: str | Unset = UNSET
    estimated_nanos: int | None | Unset = UNSET
    estimated_provider_cost: None | str | Unset = UNSET
    estimated_user_cost: None | str | Unset = UNSET
    reservation_id: None | str | Unset = UNSET
    reservation_status: None | str | Unset = UNSET
    reserved_nanos: int | None | Unset = UNSET
    settled_provider_cost: None | str | Unset = UNSET
    settled_user_cost: None | str | Unset = UNSET
    state: VideoBillingSummaryState | Unset = UNSET
    total_nanos: int | None | Unset = UNSET

    _fields = Fields(
        ("billable", "billable", None),
        ("billed_at", "billed_at", None),
        ("charge_reason", "charge_reason", None),
        ("charged", "charged", None),
        ("currency", "currency", None),
        ("estimated_nanos", "estimated_nanos", None),
        ("estimated_provider_cost", "estimated_provider_cost", None),
        ("estimated_user_cost", "estimated_user_cost", None),
        ("reservation_id", "reservation_id", None),
        ("reservation_status", "reservation_status", None),
        ("reserved_nanos", "reserved_nanos", None),
        ("settled_provider_cost", "settled_provider_cost", None),
        ("settled_user_cost", "settled_user_cost", None),
        ("state", "state", None),
        ("total_nanos", "total_nanos", None),
    )
