from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class SeedEraModelPricingDetail(ApiModel):
    meters: Any = UNSET
    pricing_plan: str | None = UNSET

    _fields = Fields(("meters", "meters", None), ("pricing_plan", "pricing_plan", None))
