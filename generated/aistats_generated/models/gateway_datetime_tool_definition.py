from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.gateway_datetime_tool_definition_parameters import (
        GatewayDatetimeToolDefinitionParameters,
    )
    from ..models.gateway_datetime_tool_definition_type import GatewayDatetimeToolDefinitionType


@model
class GatewayDatetimeToolDefinition(ApiModel):
    type: GatewayDatetimeToolDefinitionType
    parameters: GatewayDatetimeToolDefinitionParameters | None = UNSET
    timezone: str | None = UNSET

    _fields = Fields(
        ("type", "type", None),
        ("parameters", "parameters", Ref("GatewayDatetimeToolDefinitionParameters")),
        ("timezone", "timezone", None),
        promised=1,
    )
