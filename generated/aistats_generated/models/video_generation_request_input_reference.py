from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class VideoGenerationRequestInputReference(ApiModel):
    file_id: str | None = UNSET
    image_url: Any = UNSET

    _fields = Fields(("file_id", "file_id", None), ("image_url", "image_url", None))
