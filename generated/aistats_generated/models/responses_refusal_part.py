from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.responses_refusal_part_type import ResponsesRefusalPartType


@model
class ResponsesRefusalPart(ApiModel):
    refusal: str
    type: ResponsesRefusalPartType

    _fields = Fields(("refusal", "refusal", None), ("type", "type", None), promised=2)
