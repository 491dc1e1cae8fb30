from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.responses_output_text_part_type import ResponsesOutputTextPartType
    from ..types import Unset


@model
class ResponsesOutputTextPart(ApiModel):
    text: str
    type: ResponsesOutputTextPartType
    annotations: list[Any] | Unset = UNSET
    logprobs: list[Any] | Unset = UNSET

    _fields = Fields(
        ("text", "text", None),
        ("type", "type", None),
        ("annotations", "annotations", None),
        ("logprobs", "logprobs", None),
    )
