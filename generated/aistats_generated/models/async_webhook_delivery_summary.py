from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.async_webhook_delivery_summary_last_attempt_status import (
        AsyncWebhookDeliverySummaryLastAttemptStatus,
    )
    from ..types import Unset


@model
class AsyncWebhookDeliverySummary(ApiModel):
    delivered_event_types: list[str] | Unset = UNSET
    delivered_events: int | Unset = UNSET
    last_attempt_at: None | str | Unset = UNSET
    last_attempt_status: AsyncWebhookDeliverySummaryLastAttemptStatus | None | Unset = UNSET
    last_delivered_at: None | str | Unset = UNSET
    last_error_message: None | str | Unset = UNSET
    last_failure_at: None | str | Unset = UNSET
    last_response_status: int | None | Unset = UNSET
    next_retry_at: None | str | Unset = UNSET
    pending_retries: int | Unset = UNSET
    total_attempts: int | Unset = UNSET

    _fields = Fields(
        ("delivered_event_types", "delivered_event_types", None),
        ("delivered_events", "delivered_events", None),
        ("last_attempt_at", "last_attempt_at", None),
        ("last_attempt_status", "last_attempt_status", None),
        ("last_delivered_at", "last_delivered_at", None),
        ("last_error_message", "last_error_message", None),
        ("last_failure_at", "last_failure_at", None),
        ("last_response_status", "last_response_status", None),
        ("next_retry_at", "next_retry_at", None),
        ("pending_retries", "pending_retries", None),
        ("total_attempts", "total_attempts", None),
    )
