from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.calculated_price import CalculatedPrice
    from ..types import Unset


@model
class PriceEstimate(ApiModel):
    ok: bool | Unset = UNSET
    pricing: CalculatedPrice | Unset = UNSET

    _fields = Fields(("ok", "ok", None), ("pricing", "pricing", Ref("CalculatedPrice")))
