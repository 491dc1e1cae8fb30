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
    from ..types import Unset


@model
class BatchResponse(ApiModel):
    billing: BatchBillingSummary | Unset = UNSET
    cancel_url: None | str | Unset = UNSET
    cancelled_at: int | None | Unset = UNSET
    cancelling_at: int | None | Unset = UNSET
    completed_at: int | None | Unset = UNSET
    completion_window: None | str | Unset = UNSET
    created_at: int | None | str | Unset = UNSET
    endpoint: None | str | Unset = UNSET
    error_file_id: None | str | Unset = UNSET
    errors: Any | Unset = UNSET
    expired_at: int | None | Unset = UNSET
    expires_at: int | None | Unset = UNSET
    failed_at: int | None | Unset = UNSET
    finalized_at: None | str | Unset = UNSET
    finalizing_at: int | None | Unset = UNSET
    id: str | Unset = UNSET
    in_progress_at: int | None | Unset = UNSET
    input_file_id: None | str | Unset = UNSET
    last_webhook_dispatched_at: None | str | Unset = UNSET
    last_webhook_progress: float | None | Unset = UNSET
    last_webhook_progress_at: None | str | Unset = UNSET
    lifecycle_status: BatchResponseLifecycleStatus | Unset = UNSET
    metadata: Any | Unset = UNSET
    native_batch_id: None | str | Unset = UNSET
    next_webhook_retry_at: None | str | Unset = UNSET
    object: str | Unset = UNSET
    output_file_id: None | str | Unset = UNSET
    polling_url: str | Unset = UNSET
    pricing_lines: list[Any] | Unset = UNSET
    progress: int | None | Unset = UNSET
    provider: str | Unset = UNSET
    request_counts: BatchRequestCounts | Unset = UNSET
    request_id: str | Unset = UNSET
    session_id: str | Unset = UNSET
    status: str | Unset = UNSET
    updated_at: int | None | str | Unset = UNSET
    usage: BatchResponseUsage | Unset = UNSET
    webhook: AsyncWebhookPublicState | Unset = UNSET
    websocket_url: str | Unset = UNSET

    _fields = Fields(
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
        ("id", "id", None),
        ("in_progress_at", "in_progress_at", None),
        ("input_file_id", "input_file_id", None),
        ("last_webhook_dispatched_at", "last_webhook_dispatched_at", None),
        ("last_webhook_progress", "last_webhook_progress", None),
        ("last_webhook_progress_at", "last_webhook_progress_at", None),
        ("lifecycle_status", "lifecycle_status", None),
        ("metadata", "metadata", None),
        ("native_batch_id", "native_batch_id", None),
        ("next_webhook_retry_at", "next_webhook_retry_at", None),
        ("object", "object", None),
        ("output_file_id", "output_file_id", None),
        ("polling_url", "polling_url", None),
        ("pricing_lines", "pricing_lines", None),
        ("progress", "progress", None),
        ("provider", "provider", None),
        ("request_counts", "request_counts", Ref("BatchRequestCounts")),
        ("request_id", "request_id", None),
        ("session_id", "session_id", None),
        ("status", "status", None),
        ("updated_at", "updated_at", None),
        ("usage", "usage", Ref("BatchResponseUsage")),
        ("webhook", "webhook", Ref("AsyncWebhookPublicState")),
        ("websocket_url", "websocket_url", None),
    )
