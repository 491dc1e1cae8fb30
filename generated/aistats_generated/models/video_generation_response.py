from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.async_webhook_public_state import AsyncWebhookPublicState
    from ..models.request_meta import RequestMeta
    from ..models.video_billing_summary import VideoBillingSummary
    from ..models.video_generation_response_asset import VideoGenerationResponseAsset
    from ..models.video_generation_response_lifecycle_status import (
        VideoGenerationResponseLifecycleStatus,
    )
    from ..models.video_generation_response_output_access import VideoGenerationResponseOutputAccess
    from ..models.video_generation_response_status import VideoGenerationResponseStatus
    from ..models.video_generation_response_usage import VideoGenerationResponseUsage
    from ..models.video_output import VideoOutput


@model
class VideoGenerationResponse(ApiModel):
    id: str
    model: str
    object: str
    provider: str
    status: VideoGenerationResponseStatus
    usage: VideoGenerationResponseUsage
    asset: VideoGenerationResponseAsset | None = UNSET
    audio: bool | None = UNSET
    billing: VideoBillingSummary | None = UNSET
    cancel_url: str | None = UNSET
    completed_at: int | None | str = UNSET
    content_url: str | None = UNSET
    created_at: int | None | str = UNSET
    download_url: str | None = UNSET
    error: Any = UNSET
    expires_at: int | None = UNSET
    generation_id: str | None = UNSET
    last_webhook_dispatched_at: str | None = UNSET
    last_webhook_progress: float | None = UNSET
    last_webhook_progress_at: str | None = UNSET
    lifecycle_status: VideoGenerationResponseLifecycleStatus | None = UNSET
    meta: RequestMeta | None = UNSET
    native_response_id: str | None = UNSET
    native_video_id: str | None = UNSET
    next_webhook_retry_at: str | None = UNSET
    output_access: VideoGenerationResponseOutputAccess | None = UNSET
    outputs: list[VideoOutput] | None = UNSET
    poll_after_seconds: int | None = UNSET
    polling_url: str | None = UNSET
    progress: int | None = UNSET
    progress_source: str | None = UNSET
    prompt: str | None = UNSET
    quality: str | None = UNSET
    remixed_from_video_id: str | None = UNSET
    requestId: str | None = UNSET
    request_id: str | None = UNSET
    seconds: float | None | str = UNSET
    session_id: str | None = UNSET
    size: str | None = UNSET
    started_at: int | None | str = UNSET
    webhook: AsyncWebhookPublicState | None = UNSET
    websocket_url: str | None = UNSET

    _fields = Fields(
        ("id", "id", None),
        ("model", "model", None),
        ("object", "object", None),
        ("provider", "provider", None),
        ("status", "status", None),
        ("usage", "usage", Ref("VideoGenerationResponseUsage")),
        ("asset", "asset", Ref("VideoGenerationResponseAsset")),
        ("audio", "audio", None),
        ("billing", "billing", Ref("VideoBillingSummary")),
        ("cancel_url", "cancel_url", None),
        ("completed_at", "completed_at", None),
        ("content_url", "content_url", None),
        ("created_at", "created_at", None),
        ("download_url", "download_url", None),
        ("error", "error", None),
        ("expires_at", "expires_at", None),
        ("generation_id", "generation_id", None),
        ("last_webhook_dispatched_at", "last_webhook_dispatched_at", None),
        ("last_webhook_progress", "last_webhook_progress", None),
        ("last_webhook_progress_at", "last_webhook_progress_at", None),
        ("lifecycle_status", "lifecycle_status", None),
        ("meta", "meta", Ref("RequestMeta")),
        ("native_response_id", "nativeResponseId", None),
        ("native_video_id", "native_video_id", None),
        ("next_webhook_retry_at", "next_webhook_retry_at", None),
        ("output_access", "output_access", None),
        ("outputs", "outputs", ListOf(Ref("VideoOutput"))),
        ("poll_after_seconds", "poll_after_seconds", None),
        ("polling_url", "polling_url", None),
        ("progress", "progress", None),
        ("progress_source", "progress_source", None),
        ("prompt", "prompt", None),
        ("quality", "quality", None),
        ("remixed_from_video_id", "remixed_from_video_id", None),
        ("requestId", "requestId", None),
        ("request_id", "request_id", None),
        ("seconds", "seconds", None),
        ("session_id", "session_id", None),
        ("size", "size", None),
        ("started_at", "started_at", None),
        ("webhook", "webhook", Ref("AsyncWebhookPublicState")),
        ("websocket_url", "websocket_url", None),
        promised=6,
    )
