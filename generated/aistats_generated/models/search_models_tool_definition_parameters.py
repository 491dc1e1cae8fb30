from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class SearchModelsToolDefinitionParameters(ApiModel):
    max_results: int | None = UNSET

    _fields = Fields(("max_results", "max_results", None))
