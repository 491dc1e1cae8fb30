from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class CalculatePricingBody(ApiModel):
    endpoint: str
    model: str
    provider: str
    usage: Any

    _fields = Fields(
        ("endpoint", "endpoint", None),
        ("model", "model", None),
        ("provider", "provider", None),
        ("usage", "usage", None),
        promised=3,
    )
