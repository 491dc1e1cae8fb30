from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.price_meter import PriceMeter
    from ..types import Unset


@model
class PricedModel(ApiModel):
    display_name: None | str | Unset = UNSET
    endpoint: str | Unset = UNSET
    meters: list[PriceMeter] | Unset = UNSET
    model: str | Unset = UNSET
    provider: str | Unset = UNSET

    _fields = Fields(
        ("display_name", "display_name", None),
        ("endpoint", "endpoint", None),
        ("meters", "meters", ListOf(Ref("PriceMeter"))),
        ("model", "model", None),
        ("provider", "provider", None),
    )
