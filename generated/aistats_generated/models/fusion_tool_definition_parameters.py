from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class FusionToolDefinitionParameters(ApiModel):
    analysis_models: list[str]
    model: str | None = UNSET

    _fields = Fields(
        ("analysis_models", "analysis_models", None), ("model", "model", None), promised=1
    )
