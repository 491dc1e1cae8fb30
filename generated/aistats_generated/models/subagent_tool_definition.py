from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.subagent_tool_definition_type import SubagentToolDefinitionType
    from ..types import Unset


@model
class SubagentToolDefinition(ApiModel):
    type: SubagentToolDefinitionType
    parameters: Any | Unset = UNSET

    _fields = Fields(("type", "type", None), ("parameters", "parameters", None))
