from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class GatewayWebSearchToolDefinitionParameters(ApiModel):
    include_highlights: bool | Unset = UNSET
    include_text: bool | Unset = UNSET
    max_results: int | Unset = UNSET

    _fields = Fields(
        ("include_highlights", "include_highlights", None),
        ("include_text", "include_text", None),
        ("max_results", "max_results", None),
    )
