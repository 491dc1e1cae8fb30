from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ToolCallContentPartFunction(ApiModel):
    arguments: str | None = UNSET
    name: str | None = UNSET

    _fields = Fields(("arguments", "arguments", None), ("name", "name", None))
