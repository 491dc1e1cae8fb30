from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ChatCompletionsRequestResponseFormatType1(ApiModel):
    json_schema: Any = UNSET
    schema: Any = UNSET
    type: str | None = UNSET

    _fields = Fields(
        ("json_schema", "json_schema", None), ("schema", "schema", None), ("type", "type", None)
    )
