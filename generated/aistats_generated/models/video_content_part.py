from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.video_content_part_type import VideoContentPartType


@model
class VideoContentPart(ApiModel):
    type: VideoContentPartType
    video_url: str

    _fields = Fields(("type", "type", None), ("video_url", "video_url", None), promised=2)
