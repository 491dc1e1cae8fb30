from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_provider_capability import BatchProviderCapability
    from ..types import Unset


@model
class BatchCapabilities(ApiModel):
    data: list[BatchProviderCapability] | Unset = UNSET
    object: str | Unset = UNSET

    _fields = Fields(
        ("data", "data", ListOf(Ref("BatchProviderCapability"))), ("object", "object", None)
    )
