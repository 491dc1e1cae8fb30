from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class GatewayModelOfferProvider(ApiModel):
    id: str
    name: str | None

    _fields = Fields(("id", "id", None), ("name", "name", None), promised=1)
