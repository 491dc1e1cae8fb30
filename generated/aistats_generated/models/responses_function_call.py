from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.responses_function_call_type import ResponsesFunctionCallType


@model
class ResponsesFunctionCall(ApiModel):
    arguments: str
    call_id: str
    id: str
    name: str
    status: str
    type: ResponsesFunctionCallType

    _fields = Fields(
        ("arguments", "arguments", None),
        ("call_id", "call_id", None),
        ("id", "id", None),
        ("name", "name", None),
        ("status", "status", None),
        ("type", "type", None),
        promised=6,
    )
