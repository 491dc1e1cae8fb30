from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from ..codec import DATE_TIME, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.generation_response_usage import GenerationResponseUsage


@model
class GenerationResponse(ApiModel):
    byok: bool
    cost_nanos: float
    created_at: datetime.datetime
    currency: str
    endpoint: str
    generation_ms: float
    id: str
    key_id: str
    latency_ms: float
    model_id: str
    pricing_lines: list[Any]
    provider: str
    provider_attempts: list[Any]
    replay_supported: bool
    request_id: str
    status_code: float
    stream: bool
    success: bool
    workspace_id: str
    app_id: str | None = UNSET
    auth_method: str | None = UNSET
    canonical_model_id: str | None = UNSET
    error_code: str | None = UNSET
    error_message: str | None = UNSET
    error_payload: Any = UNSET
    native_response_id: str | None = UNSET
    replay_request: Any = UNSET
    session_id: str | None = UNSET
    team_id: str | None = UNSET
    throughput: float | None = UNSET
    updated_at: str | None = UNSET
    usage: GenerationResponseUsage | None = UNSET

    _fields = Fields(
        ("byok", "byok", None),
        ("cost_nanos", "cost_nanos", None),
        ("created_at", "created_at", DATE_TIME),
        ("currency", "currency", None),
        ("endpoint", "endpoint", None),
        ("generation_ms", "generation_ms", None),
        ("id", "id", None),
        ("key_id", "key_id", None),
        ("latency_ms", "latency_ms", None),
        ("model_id", "model_id", None),
        ("pricing_lines", "pricing_lines", None),
        ("provider", "provider", None),
        ("provider_attempts", "provider_attempts", None),
        ("replay_supported", "replay_supported", None),
        ("request_id", "request_id", None),
        ("status_code", "status_code", None),
        ("stream", "stream", None),
        ("success", "success", None),
        ("workspace_id", "workspace_id", None),
        ("app_id", "app_id", None),
        ("auth_method", "auth_method", None),
        ("canonical_model_id", "canonical_model_id", None),
        ("error_code", "error_code", None),
        ("error_message", "error_message", None),
        ("error_payload", "error_payload", None),
        ("native_response_id", "native_response_id", None),
        ("replay_request", "replay_request", None),
        ("session_id", "session_id", None),
        ("team_id", "team_id", None),
        ("throughput", "throughput", None),
        ("updated_at", "updated_at", None),
        ("usage", "usage", Ref("GenerationResponseUsage")),
        promised=19,
    )
