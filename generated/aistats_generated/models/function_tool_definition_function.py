from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class FunctionToolDefinitionFunction(ApiModel):
    name: str
    parameters: Any
    description: str | Unset = UNSET

    _fields = Fields(
        ("name", "name", None),
        ("parameters", "parameters", None),
        ("description", "description", None),
    )
