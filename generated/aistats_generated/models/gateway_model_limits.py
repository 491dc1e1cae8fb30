from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class GatewayModelLimits(ApiModel):
    input_tokens: int | None
    output_tokens: int | None

    _fields = Fields(
        ("input_tokens", "input_tokens", None), ("output_tokens", "output_tokens", None)
    )
