from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_request_row import BatchRequestRow


@model
class BatchRequestList(ApiModel):
    batch_id: str
    data: list[BatchRequestRow]
    object: str

    _fields = Fields(
        ("batch_id", "batch_id", None),
        ("data", "data", ListOf(Ref("BatchRequestRow"))),
        ("object", "object", None),
        promised=3,
    )
