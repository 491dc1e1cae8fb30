from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.price_breakdown import PriceBreakdown
    from ..models.server_tool_usage import ServerToolUsage
    from ..types import Unset


@model
class Usage(ApiModel):
    completion_tokens: int | Unset = UNSET
    completion_tokens_details: Any | Unset = UNSET
    embedding_tokens: int | Unset = UNSET
    input_tokens: int | Unset = UNSET
    input_tokens_details: Any | Unset = UNSET
    output_tokens: int | Unset = UNSET
    output_tokens_details: Any | Unset = UNSET
    pricing: PriceBreakdown | Unset = UNSET
    pricing_breakdown: PriceBreakdown | Unset = UNSET
    prompt_tokens: int | Unset = UNSET
    prompt_tokens_details: Any | Unset = UNSET
    server_tool_use: ServerToolUsage | Unset = UNSET
    service_tier: None | str | Unset = UNSET
    total_tokens: int | Unset = UNSET

    _fields = Fields(
        ("completion_tokens", "completion_tokens", None),
        ("completion_tokens_details", "completion_tokens_details", None),
        ("embedding_tokens", "embedding_tokens", None),
        ("input_tokens", "input_tokens", None),
        ("input_tokens_details", "input_tokens_details", None),
        ("output_tokens", "output_tokens", None),
        ("output_tokens_details", "output_tokens_details", None),
        ("pricing", "pricing", Ref("PriceBreakdown")),
        ("pricing_breakdown", "pricing_breakdown", Ref("PriceBreakdown")),
        ("prompt_tokens", "prompt_tokens", None),
        ("prompt_tokens_details", "prompt_tokens_details", None),
        ("server_tool_use", "server_tool_use", Ref("ServerToolUsage")),
        ("service_tier", "service_tier", None),
        ("total_tokens", "total_tokens", None),
    )
