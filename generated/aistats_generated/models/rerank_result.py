from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class RerankResult(ApiModel):
    index: int
    relevance_score: float
    document: Any | str = UNSET

    _fields = Fields(
        ("index", "index", None),
        ("relevance_score", "relevance_score", None),
        ("document", "document", None),
        promised=2,
    )
