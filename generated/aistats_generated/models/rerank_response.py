from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.rerank_result import RerankResult
    from ..models.usage import Usage


@model
class RerankResponse(ApiModel):
    id: str
    model: str
    object: str
    results: list[RerankResult]
    usage: Usage
    native_response_id: str | None = UNSET

    _fields = Fields(
        ("id", "id", None),
        ("model", "model", None),
        ("object", "object", None),
        ("results", "results", ListOf(Ref("RerankResult"))),
        ("usage", "usage", Ref("Usage")),
        ("native_response_id", "nativeResponseId", None),
        promised=5,
    )
