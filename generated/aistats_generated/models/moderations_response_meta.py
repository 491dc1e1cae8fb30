from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ModerationsResponseMeta(ApiModel):
    generation_ms: float | None = UNSET
    latency_ms: float | None = UNSET

    _fields = Fields(("generation_ms", "generation_ms", None), ("latency_ms", "latency_ms", None))
