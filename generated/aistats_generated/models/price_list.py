from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.priced_model import PricedModel


@model
class PriceList(ApiModel):
    models: list[PricedModel]
    ok: bool

    _fields = Fields(
        ("models", "models", ListOf(Ref("PricedModel"))), ("ok", "ok", None), promised=2
    )
