from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class ErrorFailureSampleItem(ApiModel):
    provider: None | str | Unset = UNSET
    retryable: bool | None | Unset = UNSET
    status: int | None | Unset = UNSET
    type: None | str | Unset = UNSET
    upstream_error_code: None | str | Unset = UNSET
    upstream_error_description: None | str | Unset = UNSET
    upstream_error_message: None | str | Unset = UNSET
    upstream_error_param: None | str | Unset = UNSET
    upstream_payload_preview: None | str | Unset = UNSET

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
