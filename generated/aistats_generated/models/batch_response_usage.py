from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class BatchResponseUsage(ApiModel):
    cost_nanos: int | None | Unset = UNSET
    cost_usd: float | None | Unset = UNSET
    currency: str | Unset = UNSET
    input_tokens: int | None | Unset = UNSET
    output_tokens: int | None | Unset = UNSET
    requests: int | None | Unset = UNSET
    total_tokens: int | None | Unset = UNSET

    _fields = Fields(
        ("cost_nanos", "cost_nanos", None),
        ("cost_usd", "cost_usd", None),
        ("currency", "currency", None),
        ("input_tokens", "input_tokens", None),
        ("output_tokens", "output_tokens", None),
        ("requests", "requests", None),
        ("total_tokens", "total_tokens", None),
    )
