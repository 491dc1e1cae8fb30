from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.message_text_block_type import MessageTextBlockType


@model
class MessageTextBlock(ApiModel):
    text: str
    type: MessageTextBlockType
    citations: list[Any] | None = UNSET

    _fields = Fields(
        ("text", "text", None), ("type", "type", None), ("citations", "citations", None), promised=2
    )
