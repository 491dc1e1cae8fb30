from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.video_generation_response import VideoGenerationResponse


@model
class VideoListResponse(ApiModel):
    data: list[VideoGenerationResponse]
    has_more: bool
    object: str
    first_id: str | None = UNSET
    last_id: str | None = UNSET

    _fields = Fields(
        ("data", "data", ListOf(Ref("VideoGenerationResponse"))),
        ("has_more", "has_more", None),
        ("object", "object", None),
        ("first_id", "first_id", None),
        ("last_id", "last_id", None),
        promised=3,
    )
