from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class VideoDeleteResponse(ApiModel):
    deleted: bool | Unset = UNSET
    id: str | Unset = UNSET
    object: str | Unset = UNSET

    _fields = Fields(("deleted", "deleted", None), ("id", "id", None), ("object", "object", None))
