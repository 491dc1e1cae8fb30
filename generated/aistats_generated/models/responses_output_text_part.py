from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.responses_output_text_part_type import ResponsesOutputTextPartType


@model
class ResponsesOutputTextPart(ApiModel):
    annotations: list[Any]
    text: str
    type: ResponsesOutputTextPartType
    logprobs: list[Any] | None = UNSET

    _fields = Fields(
        ("annotations", "annotations", None),
        ("text", "text", None),
        ("type", "type", None),
        ("logprobs", "logprobs", None),
        promised=3,
    )
