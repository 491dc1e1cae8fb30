from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.responses_function_tool_type import ResponsesFunctionToolType


@model
class ResponsesFunctionTool(ApiModel):
    name: str
    type: ResponsesFunctionToolType
    description: str | None = UNSET
    parameters: Any = UNSET
    strict: bool | None = UNSET

    _fields = Fields(
        ("name", "name", None),
        ("type", "type", None),
        ("description", "description", None),
        ("parameters", "parameters", None),
        ("strict", "strict", None),
        promised=2,
    )
