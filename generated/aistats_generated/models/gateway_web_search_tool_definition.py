from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.gateway_web_search_tool_definition_parameters import (
        GatewayWebSearchToolDefinitionParameters,
    )
    from ..models.gateway_web_search_tool_definition_type import GatewayWebSearchToolDefinitionType


@model
class GatewayWebSearchToolDefinition(ApiModel):
    type: GatewayWebSearchToolDefinitionType
    include_highlights: bool | None = UNSET
    include_text: bool | None = UNSET
    max_results: int | None = UNSET
    parameters: GatewayWebSearchToolDefinitionParameters | None = UNSET

    _fields = Fields(
        ("type", "type", None),
        ("include_highlights", "include_highlights", None),
        ("include_text", "include_text", None),
        ("max_results", "max_results", None),
        ("parameters", "parameters", Ref("GatewayWebSearchToolDefinitionParameters")),
        promised=1,
    )
