from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.text_content_part_type import TextContentPartType


@model
class TextContentPart(ApiModel):
    text: str
    type: TextContentPartType

    _fields = Fields(("text", "text", None), ("type", "type", None), promised=2)
