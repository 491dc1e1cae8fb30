from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.async_webhook_delivery_attempt_status import AsyncWebhookDeliveryAttemptStatus


@model
class AsyncWebhookDeliveryAttempt(ApiModel):
    attempt_number: int | None = UNSET
    delivered_at: str | None = UNSET
    delivery_key: str | None = UNSET
    error_message: str | None = UNSET
    event_type: str | None = UNSET
    id: str | None = UNSET
    max_attempts: int | None = UNSET
    next_retry_at: str | None = UNSET
    response_body_preview: str | None = UNSET
    response_status: int | None = UNSET
    status: AsyncWebhookDeliveryAttemptStatus | None = UNSET
    tried_at: str | None = UNSET

    _fields = Fields(
        ("attempt_number", "attempt_number", None),
        ("delivered_at", "delivered_at", None),
        ("delivery_key", "delivery_key", None),
        ("error_message", "error_message", None),
        ("event_type", "event_type", None),
        ("id", "id", None),
        ("max_attempts", "max_attempts", None),
        ("next_retry_at", "next_retry_at", None),
        ("response_body_preview", "response_body_preview", None),
        ("response_status", "response_status", None),
        ("status", "status", None),
        ("tried_at", "tried_at", None),
    )
