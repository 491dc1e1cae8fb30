from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.async_webhook_delivery_attempt import AsyncWebhookDeliveryAttempt
    from ..models.async_webhook_delivery_summary import AsyncWebhookDeliverySummary


@model
class AsyncWebhookPublicState(ApiModel):
    attempts: list[AsyncWebhookDeliveryAttempt] | None = UNSET
    delivery: AsyncWebhookDeliverySummary | None = UNSET
    endpoint_id: str | None = UNSET
    events: list[str] | None = UNSET
    has_secret: bool | None = UNSET
    url: str | None = UNSET

    _fields = Fields(
        ("attempts", "attempts", ListOf(Ref("AsyncWebhookDeliveryAttempt"))),
        ("delivery", "delivery", Ref("AsyncWebhookDeliverySummary")),
        ("endpoint_id", "endpoint_id", None),
        ("events", "events", None),
        ("has_secret", "has_secret", None),
        ("url", "url", None),
    )
