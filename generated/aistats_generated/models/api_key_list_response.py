from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.api_key import ApiKey


@model
class ApiKeyListResponse(ApiModel):
    data: list[ApiKey]
    total_count: int

    _fields = Fields(
        ("data", "data", ListOf(Ref("ApiKey"))), ("total_count", "total_count", None), promised=2
    )
