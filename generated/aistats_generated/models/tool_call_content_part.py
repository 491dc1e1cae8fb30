from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.tool_call_content_part_function import ToolCallContentPartFunction
    from ..models.tool_call_content_part_type import ToolCallContentPartType


@model
class ToolCallContentPart(ApiModel):
    function: ToolCallContentPartFunction
    id: str
    type: ToolCallContentPartType

    _fields = Fields(
        ("function", "function", Ref("ToolCallContentPartFunction")),
        ("id", "id", None),
        ("type", "type", None),
        promised=3,
    )
