from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class SearchModelsToolDefinitionParameters(ApiModel):
    max_results: int | Unset = UNSET

    _fields = Fields(("max_results", "max_results", None))
