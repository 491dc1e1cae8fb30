from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.responses_function_tool_type import ResponsesFunctionToolType
    from ..types import Unset


@model
class ResponsesFunctionTool(ApiModel):
    name: str
    type: ResponsesFunctionToolType
    description: str | Unset = UNSET
    parameters: Any | Unset = UNSET
    strict: bool | None | Unset = UNSET

    _fields = Fields(
        ("name", "name", None),
        ("type", "type", None),
        ("description", "description", None),
        ("parameters", "parameters", None),
        ("strict", "strict", None),
    )
