from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from ..codec import DATE_TIME, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.generation_response_usage import GenerationResponseUsage
    from ..types import Unset


@model
class GenerationResponse(ApiModel):
    app_id: None | str | Unset = UNSET
    auth_method: None | str | Unset = UNSET
    byok: bool | Unset = UNSET
    canonical_model_id: None | str | Unset = UNSET
    cost_nanos: float | Unset = UNSET
    created_at: datetime.datetime | Unset = UNSET
    currency: str | Unset = UNSET
    endpoint: str | Unset = UNSET
    error_code: None | str | Unset = UNSET
    error_message: None | str | Unset = UNSET
    error_payload: Any | Unset = UNSET
    generation_ms: float | Unset = UNSET
    id: str | Unset = UNSET
    key_id: str | Unset = UNSET
    latency_ms: float | Unset = UNSET
    model_id: str | Unset = UNSET
    native_response_id: None | str | Unset = UNSET
    pricing_lines: list[Any] | Unset = UNSET
    provider: str | Unset = UNSET
    provider_attempts: list[Any] | Unset = UNSET
    replay_request: Any | Unset = UNSET
    replay_supported: bool | Unset = UNSET
    request_id: str | Unset = UNSET
    session_id: None | str | Unset = UNSET
    status_code: float | Unset = UNSET
    stream: bool | Unset = UNSET
    success: bool | Unset = UNSET
    team_id: str | Unset = UNSET
    throughput: float | None | Unset = UNSET
    updated_at: None | str | Unset = UNSET
    usage: GenerationResponseUsage | None | Unset = UNSET
    workspace_id: str | Unset = UNSET

    _fields = Fields(
        ("app_id", "app_id", None),
        ("auth_method", "auth_method", None),
        ("byok", "byok", None),
        ("canonical_model_id", "canonical_model_id", None),
        ("cost_nanos", "cost_nanos", None),
        ("created_at", "created_at", DATE_TIME),
        ("currency", "currency", None),
        ("endpoint", "endpoint", None),
        ("error_code", "error_code", None),
        ("error_message", "error_message", None),
        ("error_payload", "error_payload", None),
        ("generation_ms", "generation_ms", None),
        ("id", "id", None),
        ("key_id", "key_id", None),
        ("latency_ms", "latency_ms", None),
        ("model_id", "model_id", None),
        ("native_response_id", "native_response_id", None),
        ("pricing_lines", "pricing_lines", None),
        ("provider", "provider", None),
        ("provider_attempts", "provider_attempts", None),
        ("replay_request", "replay_request", None),
        ("replay_supported", "replay_supported", None),
        ("request_id", "request_id", None),
        ("session_id", "session_id", None),
        ("status_code", "status_code", None),
        ("stream", "stream", None),
        ("success", "success", None),
        ("team_id", "team_id", None),
        ("throughput", "throughput", None),
        ("updated_at", "updated_at", None),
        ("usage", "usage", Ref("GenerationResponseUsage")),
        ("workspace_id", "workspace_id", None),
    )
