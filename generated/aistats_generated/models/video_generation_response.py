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
    from ..types import Unset


@model
class VideoGenerationResponse(ApiModel):
    asset: None | Unset | VideoGenerationResponseAsset = UNSET
    audio: bool | None | Unset = UNSET
    billing: VideoBillingSummary | Unset = UNSET
    cancel_url: None | str | Unset = UNSET
    completed_at: int | None | str | Unset = UNSET
    content_url: str | Unset = UNSET
    created_at: int | None | str | Unset = UNSET
    download_url: None | str | Unset = UNSET
    error: Any | Unset = UNSET
    expires_at: int | None | Unset = UNSET
    generation_id: None | str | Unset = UNSET
    id: str | Unset = UNSET
    last_webhook_dispatched_at: None | str | Unset = UNSET
    last_webhook_progress: float | None | Unset = UNSET
    last_webhook_progress_at: None | str | Unset = UNSET
    lifecycle_status: VideoGenerationResponseLifecycleStatus | Unset = UNSET
    meta: RequestMeta | Unset = UNSET
    model: str | Unset = UNSET
    native_response_id: None | str | Unset = UNSET
    native_video_id: None | str | Unset = UNSET
    next_webhook_retry_at: None | str | Unset = UNSET
    object: str | Unset = UNSET
    output_access: VideoGenerationResponseOutputAccess | Unset = UNSET
    outputs: list[VideoOutput] | Unset = UNSET
    poll_after_seconds: int | Unset = UNSET
    polling_url: str | Unset = UNSET
    progress: int | None | Unset = UNSET
    progress_source: str | Unset = UNSET
    prompt: None | str | Unset = UNSET
    provider: str | Unset = UNSET
    quality: None | str | Unset = UNSET
    remixed_from_video_id: None | str | Unset = UNSET
    requestId: str | Unset = UNSET
    request_id: str | Unset = UNSET
    seconds: float | None | str | Unset = UNSET
    session_id: str | Unset = UNSET
    size: None | str | Unset = UNSET
    started_at: int | None | str | Unset = UNSET
    status: VideoGenerationResponseStatus | Unset = UNSET
    usage: VideoGenerationResponseUsage | Unset = UNSET
    webhook: AsyncWebhookPublicState | Unset = UNSET
    websocket_url: str | Unset = UNSET

    _fields = Fields(
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
        ("id", "id", None),
        ("last_webhook_dispatched_at", "last_webhook_dispatched_at", None),
        ("last_webhook_progress", "last_webhook_progress", None),
        ("last_webhook_progress_at", "last_webhook_progress_at", None),
        ("lifecycle_status", "lifecycle_status", None),
        ("meta", "meta", Ref("RequestMeta")),
        ("model", "model", None),
        ("native_response_id", "nativeResponseId", None),
        ("native_video_id", "native_video_id", None),
        ("next_webhook_retry_at", "next_webhook_retry_at", None),
        ("object", "object", None),
        ("output_access", "output_access", None),
        ("outputs", "outputs", ListOf(Ref("VideoOutput"))),
        ("poll_after_seconds", "poll_after_seconds", None),
        ("polling_url", "polling_url", None),
        ("progress", "progress", None),
        ("progress_source", "progress_source", None),
        ("prompt", "prompt", None),
        ("provider", "provider", None),
        ("quality", "quality", None),
        ("remixed_from_video_id", "remixed_from_video_id", None),
        ("requestId", "requestId", None),
        ("request_id", "request_id", None),
        ("seconds", "seconds", None),
        ("session_id", "session_id", None),
        ("size", "size", None),
        ("started_at", "started_at", None),
        ("status", "status", None),
        ("usage", "usage", Ref("VideoGenerationResponseUsage")),
        ("webhook", "webhook", Ref("AsyncWebhookPublicState")),
        ("websocket_url", "websocket_url", None),
    )
