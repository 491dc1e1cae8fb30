from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_model_capability import BatchModelCapability
    from ..types import Unset


@model
class BatchModelsResponse(ApiModel):
    data: list[BatchModelCapability] | Unset = UNSET
    object: str | Unset = UNSET

    _fields = Fields(
        ("data", "data", ListOf(Ref("BatchModelCapability"))), ("object", "object", None)
    )
