from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.text_moderation_input_type import TextModerationInputType


@model
class TextModerationInput(ApiModel):
    text: str
    type: TextModerationInputType

    _fields = Fields(("text", "text", None), ("type", "type", None), promised=2)
