from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.price_breakdown import PriceBreakdown
    from ..types import Unset


@model
class AnthropicUsage(ApiModel):
    cache_creation: Any | Unset = UNSET
    cache_creation_input_tokens: int | None | Unset = UNSET
    cache_read_input_tokens: int | None | Unset = UNSET
    input_tokens: int | Unset = UNSET
    input_tokens_details: Any | Unset = UNSET
    output_tokens: int | Unset = UNSET
    output_tokens_details: Any | Unset = UNSET
    pricing_breakdown: PriceBreakdown | Unset = UNSET
    server_tool_use: Any | Unset = UNSET
    service_tier: None | str | Unset = UNSET
    total_tokens: int | Unset = UNSET

    _fields = Fields(
        ("cache_creation", "cache_creation", None),
        ("cache_creation_input_tokens", "cache_creation_input_tokens", None),
        ("cache_read_input_tokens", "cache_read_input_tokens", None),
        ("input_tokens", "input_tokens", None),
        ("input_tokens_details", "input_tokens_details", None),
        ("output_tokens", "output_tokens", None),
        ("output_tokens_details", "output_tokens_details", None),
        ("pricing_breakdown", "pricing_breakdown", Ref("PriceBreakdown")),
        ("server_tool_use", "server_tool_use", None),
        ("service_tier", "service_tier", None),
        ("total_tokens", "total_tokens", None),
    )
