from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.calculated_price import CalculatedPrice


@model
class PriceEstimate(ApiModel):
    ok: bool
    pricing: CalculatedPrice

    _fields = Fields(("ok", "ok", None), ("pricing", "pricing", Ref("CalculatedPrice")), promised=2)
