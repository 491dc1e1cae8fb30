from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class VideoDeleteResponse(ApiModel):
    deleted: bool
    id: str
    object: str

    _fields = Fields(
        ("deleted", "deleted", None), ("id", "id", None), ("object", "object", None), promised=3
    )
