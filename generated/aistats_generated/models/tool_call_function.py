from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ToolCallFunction(ApiModel):
    arguments: str | None = UNSET
    description: str | None = UNSET
    name: str | None = UNSET
    parameters: Any = UNSET

    _fields = Fields(
        ("arguments", "arguments", None),
        ("description", "description", None),
        ("name", "name", None),
        ("parameters", "parameters", None),
    )
