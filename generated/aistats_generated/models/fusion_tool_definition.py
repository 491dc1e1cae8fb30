from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.fusion_tool_definition_parameters import FusionToolDefinitionParameters
    from ..models.fusion_tool_definition_type import FusionToolDefinitionType


@model
class FusionToolDefinition(ApiModel):
    type: FusionToolDefinitionType
    parameters: FusionToolDefinitionParameters | None = UNSET

    _fields = Fields(
        ("type", "type", None),
        ("parameters", "parameters", Ref("FusionToolDefinitionParameters")),
        promised=1,
    )
