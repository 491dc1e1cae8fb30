from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.gateway_web_fetch_tool_definition_parameters import (
        GatewayWebFetchToolDefinitionParameters,
    )
    from ..models.gateway_web_fetch_tool_definition_type import GatewayWebFetchToolDefinitionType


@model
class GatewayWebFetchToolDefinition(ApiModel):
    type: GatewayWebFetchToolDefinitionType
    max_chars: int | None = UNSET
    parameters: GatewayWebFetchToolDefinitionParameters | None = UNSET

    _fields = Fields(
        ("type", "type", None),
        ("max_chars", "max_chars", None),
        ("parameters", "parameters", Ref("GatewayWebFetchToolDefinitionParameters")),
        promised=1,
    )
