from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class FunctionToolDefinitionFunction(ApiModel):
    name: str
    parameters: Any
    description: str | None = UNSET

    _fields = Fields(
        ("name", "name", None),
        ("parameters", "parameters", None),
        ("description", "description", None),
        promised=1,
    )
