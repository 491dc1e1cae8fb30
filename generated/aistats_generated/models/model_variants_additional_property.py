from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ModelVariantsAdditionalProperty(ApiModel):
    model_id: str
    name: str

    _fields = Fields(("model_id", "model_id", None), ("name", "name", None), promised=2)
