from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ResponsesReasoningText(ApiModel):
    text: str | None = UNSET
    type: str | None = UNSET

    _fields = Fields(("text", "text", None), ("type", "type", None))
