from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_request_row import BatchRequestRow
    from ..types import Unset


@model
class BatchRequestList(ApiModel):
    batch_id: str | Unset = UNSET
    data: list[BatchRequestRow] | Unset = UNSET
    object: str | Unset = UNSET

    _fields = Fields(
        ("batch_id", "batch_id", None),
        ("data", "data", ListOf(Ref("BatchRequestRow"))),
        ("object", "object", None),
    )
