from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.anthropic_content_block import AnthropicContentBlock
    from ..models.anthropic_messages_response_role import AnthropicMessagesResponseRole
    from ..models.anthropic_usage import AnthropicUsage
    from ..models.pricing_line import PricingLine
    from ..models.request_meta import RequestMeta
    from ..types import Unset


@model
class AnthropicMessagesResponse(ApiModel):
    content: list[AnthropicContentBlock] | Unset = UNSET
    cost_cents: int | Unset = UNSET
    cost_nanos: int | Unset = UNSET
    currency: str | Unset = UNSET
    id: str | Unset = UNSET
    meta: RequestMeta | Unset = UNSET
    model: str | Unset = UNSET
    pricing_lines: list[PricingLine] | Unset = UNSET
    role: AnthropicMessagesResponseRole | Unset = UNSET
    stop_reason: None | str | Unset = UNSET
    stop_sequence: None | str | Unset = UNSET
    type: str | Unset = UNSET
    usage: AnthropicUsage | Unset = UNSET

    _fields = Fields(
        ("content", "content", ListOf(Ref("AnthropicContentBlock"))),
        ("cost_cents", "cost_cents", None),
        ("cost_nanos", "cost_nanos", None),
        ("currency", "currency", None),
        ("id", "id", None),
        ("meta", "meta", Ref("RequestMeta")),
        ("model", "model", None),
        ("pricing_lines", "pricing_lines", ListOf(Ref("PricingLine"))),
        ("role", "role", None),
        ("stop_reason", "stop_reason", None),
        ("stop_sequence", "stop_sequence", None),
        ("type", "type", None),
        ("usage", "usage", Ref("AnthropicUsage")),
    )
