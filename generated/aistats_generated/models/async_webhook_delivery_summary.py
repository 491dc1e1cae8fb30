from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.async_webhook_delivery_summary_last_attempt_status import (
        AsyncWebhookDeliverySummaryLastAttemptStatus,
    )


@model
class AsyncWebhookDeliverySummary(ApiModel):
    delivered_event_types: list[str] | None = UNSET
    delivered_events: int | None = UNSET
    last_attempt_at: str | None = UNSET
    last_attempt_status: AsyncWebhookDeliverySummaryLastAttemptStatus | None = UNSET
    last_delivered_at: str | None = UNSET
    last_error_message: str | None = UNSET
    last_failure_at: str | None = UNSET
    last_response_status: int | None = UNSET
    next_retry_at: str | None = UNSET
    pending_retries: int | None = UNSET
    total_attempts: int | None = UNSET

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
