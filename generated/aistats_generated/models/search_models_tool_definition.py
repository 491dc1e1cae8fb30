from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.search_models_tool_definition_parameters import (
        SearchModelsToolDefinitionParameters,
    )
    from ..models.search_models_tool_definition_type import SearchModelsToolDefinitionType


@model
class SearchModelsToolDefinition(ApiModel):
    type: SearchModelsToolDefinitionType
    parameters: SearchModelsToolDefinitionParameters | None = UNSET

    _fields = Fields(
        ("type", "type", None),
        ("parameters", "parameters", Ref("SearchModelsToolDefinitionParameters")),
        promised=1,
    )
