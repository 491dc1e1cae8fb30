from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_model_capability import BatchModelCapability


@model
class BatchModelsResponse(ApiModel):
    data: list[BatchModelCapability]
    object: str

    _fields = Fields(
        ("data", "data", ListOf(Ref("BatchModelCapability"))),
        ("object", "object", None),
        promised=2,
    )
