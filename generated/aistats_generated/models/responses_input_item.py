from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.responses_input_item_role import ResponsesInputItemRole


@model
class ResponsesInputItem(ApiModel):
    content: Any | list[Any] | str = UNSET
    role: ResponsesInputItemRole | None = UNSET
    type: str | None = UNSET

    _fields = Fields(("content", "content", None), ("role", "role", None), ("type", "type", None))
