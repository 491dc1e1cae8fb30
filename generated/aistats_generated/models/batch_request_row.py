from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class BatchRequestRow(ApiModel):
    custom_id: str
    id: str
    provider: str
    request_index: int
    status: str
    meta: Any
    completed_at: str | None = UNSET
    cost_nanos: int | None = UNSET
    cost_usd: float | None = UNSET
    created_at: str | None = UNSET
    endpoint: str | None = UNSET
    error_body: Any = UNSET
    method: str | None = UNSET
    model: str | None = UNSET
    native_batch_id: str | None = UNSET
    request_body_hash: str | None = UNSET
    response_body: Any = UNSET
    response_status: int | None = UNSET
    updated_at: str | None = UNSET
    usage: Any = UNSET

    _fields = Fields(
        ("custom_id", "custom_id", None),
        ("id", "id", None),
        ("provider", "provider", None),
        ("request_index", "request_index", None),
        ("status", "status", None),
        ("meta", "meta", None),
        ("completed_at", "completed_at", None),
        ("cost_nanos", "cost_nanos", None),
        ("cost_usd", "cost_usd", None),
        ("created_at", "created_at", None),
        ("endpoint", "endpoint", None),
        ("error_body", "error_body", None),
        ("method", "method", None),
        ("model", "model", None),
        ("native_batch_id", "native_batch_id", None),
        ("request_body_hash", "request_body_hash", None),
        ("response_body", "response_body", None),
        ("response_status", "response_status", None),
        ("updated_at", "updated_at", None),
        ("usage", "usage", None),
        promised=5,
    )
