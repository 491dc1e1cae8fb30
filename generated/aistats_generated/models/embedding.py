from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import FLOATS
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class Embedding(ApiModel):
    embedding: list[float]
    index: int
    object: str

    _fields = Fields(
        ("embedding", "embedding", FLOATS),
        ("index", "index", None),
        ("object", "object", None),
        promised=3,
    )
