from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.message_thinking_block_type import MessageThinkingBlockType


@model
class MessageThinkingBlock(ApiModel):
    thinking: str
    type: MessageThinkingBlockType
    signature: str | None = UNSET

    _fields = Fields(
        ("thinking", "thinking", None),
        ("type", "type", None),
        ("signature", "signature", None),
        promised=2,
    )
