from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.price_breakdown import PriceBreakdown
    from ..models.server_tool_usage import ServerToolUsage
    from ..models.token_details import TokenDetails


@model
class Usage(ApiModel):
    input_tokens: int
    output_tokens: int
    pricing_breakdown: PriceBreakdown
    total_tokens: int
    completion_tokens: int | None = UNSET
    embedding_tokens: int | None = UNSET
    input_tokens_details: TokenDetails | None = UNSET
    output_tokens_details: TokenDetails | None = UNSET
    pricing: PriceBreakdown | None = UNSET
    prompt_tokens: int | None = UNSET
    server_tool_use: ServerToolUsage | None = UNSET
    service_tier: str | None = UNSET

    _fields = Fields(
        ("input_tokens", "input_tokens", None),
        ("output_tokens", "output_tokens", None),
        ("pricing_breakdown", "pricing_breakdown", Ref("PriceBreakdown")),
        ("total_tokens", "total_tokens", None),
        ("completion_tokens", "completion_tokens", None),
        ("embedding_tokens", "embedding_tokens", None),
        ("input_tokens_details", "input_tokens_details", Ref("TokenDetails")),
        ("output_tokens_details", "output_tokens_details", Ref("TokenDetails")),
        ("pricing", "pricing", Ref("PriceBreakdown")),
        ("prompt_tokens", "prompt_tokens", None),
        ("server_tool_use", "server_tool_use", Ref("ServerToolUsage")),
        ("service_tier", "service_tier", None),
        promised=4,
    )
