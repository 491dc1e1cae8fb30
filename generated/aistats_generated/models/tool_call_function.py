from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class ToolCallFunction(ApiModel):
    arguments: str | Unset = UNSET
    description: str | Unset = UNSET
    name: str | Unset = UNSET
    parameters: Any | Unset = UNSET

    _fields = Fields(
        ("arguments", "arguments", None),
        ("description", "description", None),
        ("name", "name", None),
        ("parameters", "parameters", None),
    )
