from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class GatewayModelOrganization(ApiModel):
    id: str
    color: str | None
    name: str | None

    _fields = Fields(
        ("id", "id", None), ("color", "color", None), ("name", "name", None), promised=1
    )
