from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_request_item_method import BatchRequestItemMethod


@model
class BatchRequestItem(ApiModel):
    body: Any
    custom_id: str | None = UNSET
    method: BatchRequestItemMethod | None = UNSET
    url: str | None = UNSET

    _fields = Fields(
        ("body", "body", None),
        ("custom_id", "custom_id", None),
        ("method", "method", None),
        ("url", "url", None),
    )
