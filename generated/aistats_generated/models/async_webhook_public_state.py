from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.async_webhook_delivery_attempt import AsyncWebhookDeliveryAttempt
    from ..models.async_webhook_delivery_summary import AsyncWebhookDeliverySummary
    from ..types import Unset


@model
class AsyncWebhookPublicState(ApiModel):
    attempts: list[AsyncWebhookDeliveryAttempt] | Unset = UNSET
    delivery: AsyncWebhookDeliverySummary | Unset = UNSET
    endpoint_id: None | str | Unset = UNSET
    events: list[str] | Unset = UNSET
    has_secret: bool | Unset = UNSET
    url: None | str | Unset = UNSET

    _fields = Fields(
        ("attempts", "attempts", ListOf(Ref("AsyncWebhookDeliveryAttempt"))),
        ("delivery", "delivery", Ref("AsyncWebhookDeliverySummary")),
        ("endpoint_id", "endpoint_id", None),
        ("events", "events", None),
        ("has_secret", "has_secret", None),
        ("url", "url", None),
    )
