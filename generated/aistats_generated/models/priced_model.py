from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.price_meter import PriceMeter


@model
class PricedModel(ApiModel):
    endpoint: str
    meters: list[PriceMeter]
    model: str
    provider: str
    display_name: str | None = UNSET

    _fields = Fields(
        ("endpoint", "endpoint", None),
        ("meters", "meters", ListOf(Ref("PriceMeter"))),
        ("model", "model", None),
        ("provider", "provider", None),
        ("display_name", "display_name", None),
        promised=4,
    )
