from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class ChatCompletionsRequestResponseFormatType1(ApiModel):
    json_schema: Any | Unset = UNSET
    schema: Any | Unset = UNSET
    type: str | Unset = UNSET

    _fields = Fields(
        ("json_schema", "json_schema", None), ("schema", "schema", None), ("type", "type", None)
    )
