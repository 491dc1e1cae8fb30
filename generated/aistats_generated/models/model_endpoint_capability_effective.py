from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ModelEndpointCapabilityEffective(ApiModel):
    from_: str | None
    to: str | None

    _fields = Fields(("from_", "from", None), ("to", "to", None))
