from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.async_webhook_delivery_attempt_status import AsyncWebhookDeliveryAttemptStatus
    from ..types import Unset


@model
class AsyncWebhookDeliveryAttempt(ApiModel):
    attempt_number: int | Unset = UNSET
    delivered_at: None | str | Unset = UNSET
    delivery_key: str | Unset = UNSET
    error_message: None | str | Unset = UNSET
    event_type: str | Unset = UNSET
    id: str | Unset = UNSET
    max_attempts: int | Unset = UNSET
    next_retry_at: None | str | Unset = UNSET
    response_body_preview: None | str | Unset = UNSET
    response_status: int | None | Unset = UNSET
    status: AsyncWebhookDeliveryAttemptStatus | Unset = UNSET
    tried_at: str | Unset = UNSET

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
