from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, OneOf, Ref, Variant
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.anthropic_messages_response_role import AnthropicMessagesResponseRole
    from ..models.anthropic_usage import AnthropicUsage
    from ..models.message_redacted_thinking_block import MessageRedactedThinkingBlock
    from ..models.message_text_block import MessageTextBlock
    from ..models.message_thinking_block import MessageThinkingBlock
    from ..models.message_tool_use_block import MessageToolUseBlock
    from ..models.pricing_line import PricingLine
    from ..models.request_meta import RequestMeta


@model
class AnthropicMessagesResponse(ApiModel):
    content: list[
        MessageRedactedThinkingBlock | MessageTextBlock | MessageThinkingBlock | MessageToolUseBlock
    ]
    id: str
    model: str
    role: AnthropicMessagesResponseRole
    type: str
    usage: AnthropicUsage
    cost_cents: int | None = UNSET
    cost_nanos: int | None = UNSET
    currency: str | None = UNSET
    meta: RequestMeta | None = UNSET
    pricing_lines: list[PricingLine] | None = UNSET
    stop_reason: str | None = UNSET
    stop_sequence: str | None = UNSET

    _fields = Fields(
        (
            "content",
            "content",
            ListOf(
                OneOf(
                    Variant(Ref("MessageTextBlock"), {"type": ("text",)}, ("text", "type")),
                    Variant(
                        Ref("MessageToolUseBlock"),
                        {"type": ("tool_use",)},
                        ("id", "input", "name", "type"),
                    ),
                    Variant(
                        Ref("MessageThinkingBlock"), {"type": ("thinking",)}, ("thinking", "type")
                    ),
                    Variant(
                        Ref("MessageRedactedThinkingBlock"),
                        {"type": ("redacted_thinking",)},
                        ("data", "type"),
                    ),
                )
            ),
        ),
        ("id", "id", None),
        ("model", "model", None),
        ("role", "role", None),
        ("type", "type", None),
        ("usage", "usage", Ref("AnthropicUsage")),
        ("cost_cents", "cost_cents", None),
        ("cost_nanos", "cost_nanos", None),
        ("currency", "currency", None),
        ("meta", "meta", Ref("RequestMeta")),
        ("pricing_lines", "pricing_lines", ListOf(Ref("PricingLine"))),
        ("stop_reason", "stop_reason", None),
        ("stop_sequence", "stop_sequence", None),
        promised=6,
    )
