from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.price_breakdown import PriceBreakdown
    from ..models.token_details import TokenDetails


@model
class AnthropicUsage(ApiModel):
    input_tokens: int
    output_tokens: int
    cache_creation: Any = UNSET
    cache_creation_input_tokens: int | None = UNSET
    cache_read_input_tokens: int | None = UNSET
    input_tokens_details: TokenDetails | None = UNSET
    output_tokens_details: TokenDetails | None = UNSET
    pricing_breakdown: PriceBreakdown | None = UNSET
    server_tool_use: Any = UNSET
    service_tier: str | None = UNSET
    total_tokens: int | None = UNSET

    _fields = Fields(
        ("input_tokens", "input_tokens", None),
        ("output_tokens", "output_tokens", None),
        ("cache_creation", "cache_creation", None),
        ("cache_creation_input_tokens", "cache_creation_input_tokens", None),
        ("cache_read_input_tokens", "cache_read_input_tokens", None),
        ("input_tokens_details", "input_tokens_details", Ref("TokenDetails")),
        ("output_tokens_details", "output_tokens_details", Ref("TokenDetails")),
        ("pricing_breakdown", "pricing_breakdown", Ref("PriceBreakdown")),
        ("server_tool_use", "server_tool_use", None),
        ("service_tier", "service_tier", None),
        ("total_tokens", "total_tokens", None),
        promised=2,
    )
