from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class AnthropicTool(ApiModel):
    name: str
    description: str | None = UNSET
    input_schema: Any = UNSET

    _fields = Fields(
        ("name", "name", None),
        ("description", "description", None),
        ("input_schema", "input_schema", None),
        promised=1,
    )
