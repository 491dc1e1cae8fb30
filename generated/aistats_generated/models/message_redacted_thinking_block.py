from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.message_redacted_thinking_block_type import MessageRedactedThinkingBlockType


@model
class MessageRedactedThinkingBlock(ApiModel):
    data: str
    type: MessageRedactedThinkingBlockType

    _fields = Fields(("data", "data", None), ("type", "type", None), promised=2)
