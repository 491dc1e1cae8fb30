from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class Embedding(ApiModel):
    embedding: list[float] | str | Unset = UNSET
    index: int | Unset = UNSET
    object: str | Unset = UNSET

    _fields = Fields(
        ("embedding", "embedding", None), ("index", "index", None), ("object", "object", None)
    )
