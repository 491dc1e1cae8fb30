from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class AnthropicTool(ApiModel):
    name: str
    description: str | Unset = UNSET
    input_schema: Any | Unset = UNSET

    _fields = Fields(
        ("name", "name", None),
        ("description", "description", None),
        ("input_schema", "input_schema", None),
    )
