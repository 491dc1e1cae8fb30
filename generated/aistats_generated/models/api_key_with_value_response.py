from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.api_key_with_value import ApiKeyWithValue


@model
class ApiKeyWithValueResponse(ApiModel):
    data: ApiKeyWithValue

    _fields = Fields(("data", "data", Ref("ApiKeyWithValue")), promised=1)
