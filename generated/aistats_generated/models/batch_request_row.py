from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class BatchRequestRow(ApiModel):
    completed_at: None | str | Unset = UNSET
    cost_nanos: int | None | Unset = UNSET
    cost_usd: float | None | Unset = UNSET
    created_at: None | str | Unset = UNSET
    custom_id: str | Unset = UNSET
    endpoint: None | str | Unset = UNSET
    error_body: Any | Unset = UNSET
    id: str | Unset = UNSET
    meta: Any | Unset = UNSET
    method: None | str | Unset = UNSET
    model: None | str | Unset = UNSET
    native_batch_id: None | str | Unset = UNSET
    provider: str | Unset = UNSET
    request_body_hash: None | str | Unset = UNSET
    request_index: int | Unset = UNSET
    response_body: Any | Unset = UNSET
    response_status: int | None | Unset = UNSET
    status: str | Unset = UNSET
    updated_at: None | str | Unset = UNSET
    usage: Any | Unset = UNSET

    _fields = Fields(
        ("completed_at", "completed_at", None),
        ("cost_nanos", "cost_nanos", None),
        ("cost_usd", "cost_usd", None),
        ("created_at", "created_at", None),
        ("custom_id", "custom_id", None),
        ("endpoint", "endpoint", None),
        ("error_body", "error_body", None),
        ("id", "id", None),
        ("meta", "meta", None),
        ("method", "method", None),
        ("model", "model", None),
        ("native_batch_id", "native_batch_id", None),
        ("provider", "provider", None),
        ("request_body_hash", "request_body_hash", None),
        ("request_index", "request_index", None),
        ("response_body", "response_body", None),
        ("response_status", "response_status", None),
        ("status", "status", None),
        ("updated_at", "updated_at", None),
        ("usage", "usage", None),
    )
