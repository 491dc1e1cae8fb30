from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.priced_model import PricedModel
    from ..types import Unset


@model
class PriceList(ApiModel):
    models: list[PricedModel] | Unset = UNSET
    ok: bool | Unset = UNSET

    _fields = Fields(("models", "models", ListOf(Ref("PricedModel"))), ("ok", "ok", None))
