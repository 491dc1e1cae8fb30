from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class GatewayDatetimeToolDefinitionParameters(ApiModel):
    timezone: str | None = UNSET

    _fields = Fields(("timezone", "timezone", None))
