from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.function_delta import FunctionDelta


@model
class ToolCallDelta(ApiModel):
    function: FunctionDelta = UNSET
    id: str | None = UNSET
    index: int | None = UNSET
    type: str | None = UNSET

    _fields = Fields(
        ("function", "function", Ref("FunctionDelta")),
        ("id", "id", None),
        ("index", "index", None),
        ("type", "type", None),
        empty={"function": {}},
    )
