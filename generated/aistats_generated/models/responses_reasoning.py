from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.responses_reasoning_text import ResponsesReasoningText
    from ..models.responses_reasoning_type import ResponsesReasoningType


@model
class ResponsesReasoning(ApiModel):
    type: ResponsesReasoningType
    content: list[ResponsesReasoningText] | None = UNSET
    encrypted_content: str | None = UNSET
    id: str | None = UNSET
    status: str | None = UNSET
    summary: list[ResponsesReasoningText] | None = UNSET

    _fields = Fields(
        ("type", "type", None),
        ("content", "content", ListOf(Ref("ResponsesReasoningText"))),
        ("encrypted_content", "encrypted_content", None),
        ("id", "id", None),
        ("status", "status", None),
        ("summary", "summary", ListOf(Ref("ResponsesReasoningText"))),
        promised=1,
    )
