from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_request_item_method import BatchRequestItemMethod
    from ..types import Unset


@model
class BatchRequestItem(ApiModel):
    body: Any
    custom_id: str | Unset = UNSET
    method: BatchRequestItemMethod | Unset = UNSET
    url: str | Unset = UNSET

    _fields = Fields(
        ("body", "body", None),
        ("custom_id", "custom_id", None),
        ("method", "method", None),
        ("url", "url", None),
    )
