from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_provider_capability import BatchProviderCapability


@model
class BatchCapabilities(ApiModel):
    data: list[BatchProviderCapability]
    object: str

    _fields = Fields(
        ("data", "data", ListOf(Ref("BatchProviderCapability"))),
        ("object", "object", None),
        promised=2,
    )
