from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ChatToolCallFunction(ApiModel):
    arguments: str
    name: str

    _fields = Fields(("arguments", "arguments", None), ("name", "name", None), promised=2)
