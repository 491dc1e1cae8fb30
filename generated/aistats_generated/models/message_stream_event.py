from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import OneOf, Ref, Variant
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.anthropic_messages_response import AnthropicMessagesResponse
    from ..models.anthropic_usage import AnthropicUsage
    from ..models.message_redacted_thinking_block import MessageRedactedThinkingBlock
    from ..models.message_stream_delta import MessageStreamDelta
    from ..models.message_text_block import MessageTextBlock
    from ..models.message_thinking_block import MessageThinkingBlock
    from ..models.message_tool_use_block import MessageToolUseBlock
    from ..models.request_meta import RequestMeta


@model
class MessageStreamEvent(ApiModel):
    content_block: (
        MessageRedactedThinkingBlock | MessageTextBlock | MessageThinkingBlock | MessageToolUseBlock
    ) = UNSET
    delta: MessageStreamDelta = UNSET
    index: int | None = UNSET
    message: AnthropicMessagesResponse = UNSET
    meta: RequestMeta | None = UNSET
    type: str = UNSET
    usage: AnthropicUsage | None = UNSET

    _fields = Fields(
        (
            "content_block",
            "content_block",
            OneOf(
                Variant(Ref("MessageTextBlock"), {"type": ("text",)}, ("text", "type")),
                Variant(
                    Ref("MessageToolUseBlock"),
                    {"type": ("tool_use",)},
                    ("id", "input", "name", "type"),
                ),
                Variant(Ref("MessageThinkingBlock"), {"type": ("thinking",)}, ("thinking", "type")),
                Variant(
                    Ref("MessageRedactedThinkingBlock"),
                    {"type": ("redacted_thinking",)},
                    ("data", "type"),
                ),
            ),
        ),
        ("delta", "delta", Ref("MessageStreamDelta")),
        ("index", "index", None),
        ("message", "message", Ref("AnthropicMessagesResponse")),
        ("meta", "meta", Ref("RequestMeta")),
        ("type", "type", None),
        ("usage", "usage", Ref("AnthropicUsage")),
        empty={"content_block": {}, "delta": {}, "message": {}, "type": ""},
    )
