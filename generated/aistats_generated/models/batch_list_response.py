from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_response import BatchResponse


@model
class BatchListResponse(ApiModel):
    data: list[BatchResponse]
    has_more: bool
    object: str
    first_id: str | None = UNSET
    last_id: str | None = UNSET

    _fields = Fields(
        ("data", "data", ListOf(Ref("BatchResponse"))),
        ("has_more", "has_more", None),
        ("object", "object", None),
        ("first_id", "first_id", None),
        ("last_id", "last_id", None),
        promised=3,
    )
