from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.video_generation_response import VideoGenerationResponse
    from ..types import Unset


@model
class VideoListResponse(ApiModel):
    data: list[VideoGenerationResponse] | Unset = UNSET
    first_id: None | str | Unset = UNSET
    has_more: bool | Unset = UNSET
    last_id: None | str | Unset = UNSET
    object: str | Unset = UNSET

    _fields = Fields(
        ("data", "data", ListOf(Ref("VideoGenerationResponse"))),
        ("first_id", "first_id", None),
        ("has_more", "has_more", None),
        ("last_id", "last_id", None),
        ("object", "object", None),
    )
