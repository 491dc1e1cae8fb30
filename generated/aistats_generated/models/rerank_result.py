from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class RerankResult(ApiModel):
    document: Any | str | Unset = UNSET
    index: int | Unset = UNSET
    relevance_score: float | Unset = UNSET

    _fields = Fields(
        ("document", "document", None),
        ("index", "index", None),
        ("relevance_score", "relevance_score", None),
    )
