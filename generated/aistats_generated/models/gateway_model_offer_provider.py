from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class GatewayModelOfferProvider(ApiModel):
    id: str
    name: None | str

    _fields = Fields(("id", "id", None), ("name", "name", None))
