from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ErrorFailureSampleItem(ApiModel):
    provider: str | None = UNSET
    retryable: bool | None = UNSET
    status: int | None = UNSET
    type: str | None = UNSET
    upstream_error_code: str | None = UNSET
    upstream_error_description: str | None = UNSET
    upstream_error_message: str | None = UNSET
    upstream_error_param: str | None = UNSET
    upstream_payload_preview: str | None = UNSET

    _fields = Fields(
        ("provider", "provider", None),
        ("retryable", "retryable", None),
        ("status", "status", None),
        ("type", "type", None),
        ("upstream_error_code", "upstream_error_code", None),
        ("upstream_error_description", "upstream_error_description", None),
        ("upstream_error_message", "upstream_error_message", None),
        ("upstream_error_param", "upstream_error_param", None),
        ("upstream_payload_preview", "upstream_payload_preview", None),
    )
