from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class GatewayWebSearchToolDefinitionParameters(ApiModel):
    include_highlights: bool | None = UNSET
    include_text: bool | None = UNSET
    max_results: int | None = UNSET

    _fields = Fields(
        ("include_highlights", "include_highlights", None),
        ("include_text", "include_text", None),
        ("max_results", "max_results", None),
    )
