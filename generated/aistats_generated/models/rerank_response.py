from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.rerank_result import RerankResult
    from ..models.usage import Usage
    from ..types import Unset


@model
class RerankResponse(ApiModel):
    id: str | Unset = UNSET
    model: str | Unset = UNSET
    native_response_id: None | str | Unset = UNSET
    object: str | Unset = UNSET
    results: list[RerankResult] | Unset = UNSET
    usage: Usage | Unset = UNSET

    _fields = Fields(
        ("id", "id", None),
        ("model", "model", None),
        ("native_response_id", "nativeResponseId", None),
        ("object", "object", None),
        ("results", "results", ListOf(Ref("RerankResult"))),
        ("usage", "usage", Ref("Usage")),
    )
