from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ModelVariants(ApiModel):
    _fields = Fields(extra=Ref("ModelVariantsAdditionalProperty"))
