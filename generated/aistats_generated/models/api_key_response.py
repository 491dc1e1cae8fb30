from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.api_key import ApiKey


@model
class ApiKeyResponse(ApiModel):
    data: ApiKey

    _fields = Fields(("data", "data", Ref("ApiKey")), promised=1)
