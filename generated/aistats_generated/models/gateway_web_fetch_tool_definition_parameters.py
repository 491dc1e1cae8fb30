from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class GatewayWebFetchToolDefinitionParameters(ApiModel):
    max_chars: int | None = UNSET

    _fields = Fields(("max_chars", "max_chars", None))
