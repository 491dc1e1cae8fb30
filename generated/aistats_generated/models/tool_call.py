from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.tool_call_function import ToolCallFunction
    from ..models.tool_call_type import ToolCallType


@model
class ToolCall(ApiModel):
    function: ToolCallFunction
    id: str
    type: ToolCallType

    _fields = Fields(
        ("function", "function", Ref("ToolCallFunction")),
        ("id", "id", None),
        ("type", "type", None),
        promised=3,
    )
