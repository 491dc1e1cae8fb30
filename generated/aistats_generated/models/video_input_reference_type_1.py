from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.video_input_reference_type_1_media_url import VideoInputReferenceType1MediaUrl
    from ..models.video_input_reference_type_1_role import VideoInputReferenceType1Role
    from ..models.video_input_reference_type_1_type import VideoInputReferenceType1Type


@model
class VideoInputReferenceType1(ApiModel):
    media_url: VideoInputReferenceType1MediaUrl
    type: VideoInputReferenceType1Type
    reference_type: str | None = UNSET
    role: VideoInputReferenceType1Role | None = UNSET

    _fields = Fields(
        ("media_url", "media_url", Ref("VideoInputReferenceType1MediaUrl")),
        ("type", "type", None),
        ("reference_type", "reference_type", None),
        ("role", "role", None),
        promised=2,
    )
