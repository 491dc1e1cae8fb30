from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.price_breakdown import PriceBreakdown
    from ..models.server_tool_usage import ServerToolUsage
    from ..models.token_details import TokenDetails


@model
class ChatUsage(ApiModel):
    completion_tokens: int
    pricing: PriceBreakdown
    prompt_tokens: int
    total_tokens: int
    completion_tokens_details: TokenDetails | None = UNSET
    prompt_tokens_details: TokenDetails | None = UNSET
    server_tool_use: ServerToolUsage | None = UNSET
    service_tier: str | None = UNSET

    _fields = Fields(
        ("completion_tokens", "completion_tokens", None),
        ("pricing", "pricing", Ref("PriceBreakdown")),
        ("prompt_tokens", "prompt_tokens", None),
        ("total_tokens", "total_tokens", None),
        ("completion_tokens_details", "completion_tokens_details", Ref("TokenDetails")),
        ("prompt_tokens_details", "prompt_tokens_details", Ref("TokenDetails")),
        ("server_tool_use", "server_tool_use", Ref("ServerToolUsage")),
        ("service_tier", "service_tier", None),
        promised=4,
    )
