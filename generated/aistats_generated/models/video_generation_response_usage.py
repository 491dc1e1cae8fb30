from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.price_breakdown import PriceBreakdown
    from ..types import Unset


@model
class VideoGenerationResponseUsage(ApiModel):
    cost: float | Unset = UNSET
    costUsd: float | Unset = UNSET
    cost_usd: float | Unset = UNSET
    input_tokens: int | Unset = UNSET
    is_byok: bool | Unset = UNSET
    output_tokens: int | Unset = UNSET
    output_video_seconds: float | Unset = UNSET
    pricing_breakdown: PriceBreakdown | Unset = UNSET
    total_tokens: int | Unset = UNSET

    _fields = Fields(
        ("cost", "cost", None),
        ("costUsd", "costUsd", None),
        ("cost_usd", "cost_usd", None),
        ("input_tokens", "input_tokens", None),
        ("is_byok", "is_byok", None),
        ("output_tokens", "output_tokens", None),
        ("output_video_seconds", "output_video_seconds", None),
        ("pricing_breakdown", "pricing_breakdown", Ref("PriceBreakdown")),
        ("total_tokens", "total_tokens", None),
    )
