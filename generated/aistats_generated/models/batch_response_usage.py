from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class BatchResponseUsage(ApiModel):
    currency: str
    cost_nanos: int | None = UNSET
    cost_usd: float | None = UNSET
    input_tokens: int | None = UNSET
    output_tokens: int | None = UNSET
    requests: int | None = UNSET
    total_tokens: int | None = UNSET

    _fields = Fields(
        ("currency", "currency", None),
        ("cost_nanos", "cost_nanos", None),
        ("cost_usd", "cost_usd", None),
        ("input_tokens", "input_tokens", None),
        ("output_tokens", "output_tokens", None),
        ("requests", "requests", None),
        ("total_tokens", "total_tokens", None),
        promised=1,
    )
