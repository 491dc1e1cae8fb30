from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.video_model_capability import VideoModelCapability


@model
class VideoModelsResponse(ApiModel):
    data: list[VideoModelCapability]
    object: str

    _fields = Fields(
        ("data", "data", ListOf(Ref("VideoModelCapability"))),
        ("object", "object", None),
        promised=2,
    )
