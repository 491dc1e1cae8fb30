from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.subagent_tool_definition_type import SubagentToolDefinitionType


@model
class SubagentToolDefinition(ApiModel):
    type: SubagentToolDefinitionType
    parameters: Any = UNSET

    _fields = Fields(("type", "type", None), ("parameters", "parameters", None), promised=1)
