from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.function_tool_definition_function import FunctionToolDefinitionFunction
    from ..models.function_tool_definition_type import FunctionToolDefinitionType


@model
class FunctionToolDefinition(ApiModel):
    function: FunctionToolDefinitionFunction
    type: FunctionToolDefinitionType

    _fields = Fields(
        ("function", "function", Ref("FunctionToolDefinitionFunction")),
        ("type", "type", None),
        promised=2,
    )
