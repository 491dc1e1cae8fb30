"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

AsyncWebhookDeliveryAttemptStatus = (
    Literal["delivered", "failed_permanently", "scheduled_retry"] | str
)
