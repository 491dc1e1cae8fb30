from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.price_breakdown import PriceBreakdown


@model
class VideoGenerationResponseUsage(ApiModel):
    pricing_breakdown: PriceBreakdown
    cost: float | None = UNSET
    costUsd: float | None = UNSET
    cost_usd: float | None = UNSET
    input_tokens: int | None = UNSET
    is_byok: bool | None = UNSET
    output_tokens: int | None = UNSET
    output_video_seconds: float | None = UNSET
    total_tokens: int | None = UNSET

    _fields = Fields(
        ("pricing_breakdown", "pricing_breakdown", Ref("PriceBreakdown")),
        ("cost", "cost", None),
        ("costUsd", "costUsd", None),
        ("cost_usd", "cost_usd", None),
        ("input_tokens", "input_tokens", None),
        ("is_byok", "is_byok", None),
        ("output_tokens", "output_tokens", None),
        ("output_video_seconds", "output_video_seconds", None),
        ("total_tokens", "total_tokens", None),
        promised=1,
    )
