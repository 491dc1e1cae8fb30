from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.async_webhook_public_state import AsyncWebhookPublicState
    from ..models.batch_billing_summary import BatchBillingSummary
    from ..models.batch_request_counts import BatchRequestCounts
    from ..models.batch_response_lifecycle_status import BatchResponseLifecycleStatus
    from ..models.batch_response_usage import BatchResponseUsage


@model
class BatchResponse(ApiModel):
    id: str
    lifecycle_status: BatchResponseLifecycleStatus
    object: str
    polling_url: str
    pricing_lines: list[Any]
    provider: str
    request_counts: BatchRequestCounts
    request_id: str
    status: str
    billing: BatchBillingSummary | None = UNSET
    cancel_url: str | None = UNSET
    cancelled_at: int | None = UNSET
    cancelling_at: int | None = UNSET
    completed_at: int | None = UNSET
    completion_window: str | None = UNSET
    created_at: int | None | str = UNSET
    endpoint: str | None = UNSET
    error_file_id: str | None = UNSET
    errors: Any = UNSET
    expired_at: int | None = UNSET
    expires_at: int | None = UNSET
    failed_at: int | None = UNSET
    finalized_at: str | None = UNSET
    finalizing_at: int | None = UNSET
    in_progress_at: int | None = UNSET
    input_file_id: str | None = UNSET
    last_webhook_dispatched_at: str | None = UNSET
    last_webhook_progress: float | None = UNSET
    last_webhook_progress_at: str | None = UNSET
    metadata: Any = UNSET
    native_batch_id: str | None = UNSET
    next_webhook_retry_at: str | None = UNSET
    output_file_id: str | None = UNSET
    progress: int | None = UNSET
    session_id: str | None = UNSET
    updated_at: int | None | str = UNSET
    usage: BatchResponseUsage | None = UNSET
    webhook: AsyncWebhookPublicState | None = UNSET
    websocket_url: str | None = UNSET

    _fields = Fields(
        ("id", "id", None),
        ("lifecycle_status", "lifecycle_status", None),
        ("object", "object", None),
        ("polling_url", "polling_url", None),
        ("pricing_lines", "pricing_lines", None),
        ("provider", "provider", None),
        ("request_counts", "request_counts", Ref("BatchRequestCounts")),
        ("request_id", "request_id", None),
        ("status", "status", None),
        ("billing", "billing", Ref("BatchBillingSummary")),
        ("cancel_url", "cancel_url", None),
        ("cancelled_at", "cancelled_at", None),
        ("cancelling_at", "cancelling_at", None),
        ("completed_at", "completed_at", None),
        ("completion_window", "completion_window", None),
        ("created_at", "created_at", None),
        ("endpoint", "endpoint", None),
        ("error_file_id", "error_file_id", None),
        ("errors", "errors", None),
        ("expired_at", "expired_at", None),
        ("expires_at", "expires_at", None),
        ("failed_at", "failed_at", None),
        ("finalized_at", "finalized_at", None),
        ("finalizing_at", "finalizing_at", None),
        ("in_progress_at", "in_progress_at", None),
        ("input_file_id", "input_file_id", None),
        ("last_webhook_dispatched_at", "last_webhook_dispatched_at", None),
        ("last_webhook_progress", "last_webhook_progress", None),
        ("last_webhook_progress_at", "last_webhook_progress_at", None),
        ("metadata", "metadata", None),
        ("native_batch_id", "native_batch_id", None),
        ("next_webhook_retry_at", "next_webhook_retry_at", None),
        ("output_file_id", "output_file_id", None),
        ("progress", "progress", None),
        ("session_id", "session_id", None),
        ("updated_at", "updated_at", None),
        ("usage", "usage", Ref("BatchResponseUsage")),
        ("webhook", "webhook", Ref("AsyncWebhookPublicState")),
        ("websocket_url", "websocket_url", None),
        promised=9,
    )
