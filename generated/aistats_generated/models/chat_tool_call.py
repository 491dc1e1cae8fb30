from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.chat_tool_call_function import ChatToolCallFunction
    from ..models.chat_tool_call_type import ChatToolCallType


@model
class ChatToolCall(ApiModel):
    function: ChatToolCallFunction
    id: str
    type: ChatToolCallType

    _fields = Fields(
        ("function", "function", Ref("ChatToolCallFunction")),
        ("id", "id", None),
        ("type", "type", None),
        promised=3,
    )
