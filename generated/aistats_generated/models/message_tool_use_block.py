from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.message_tool_use_block_type import MessageToolUseBlockType


@model
class MessageToolUseBlock(ApiModel):
    id: str
    name: str
    type: MessageToolUseBlockType
    input: Any

    _fields = Fields(
        ("id", "id", None),
        ("name", "name", None),
        ("type", "type", None),
        ("input", "input", None),
        promised=3,
    )
