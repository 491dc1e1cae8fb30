from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class ModerationsResponseMeta(ApiModel):
    generation_ms: float | Unset = UNSET
    latency_ms: float | Unset = UNSET

    _fields = Fields(("generation_ms", "generation_ms", None), ("latency_ms", "latency_ms", None))
