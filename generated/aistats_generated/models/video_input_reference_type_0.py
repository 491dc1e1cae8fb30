from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.video_input_reference_type_0_image_url import VideoInputReferenceType0ImageUrl
    from ..models.video_input_reference_type_0_role import VideoInputReferenceType0Role
    from ..models.video_input_reference_type_0_type import VideoInputReferenceType0Type


@model
class VideoInputReferenceType0(ApiModel):
    image_url: VideoInputReferenceType0ImageUrl
    type: VideoInputReferenceType0Type
    reference_type: str | None = UNSET
    role: VideoInputReferenceType0Role | None = UNSET

    _fields = Fields(
        ("image_url", "image_url", Ref("VideoInputReferenceType0ImageUrl")),
        ("type", "type", None),
        ("reference_type", "reference_type", None),
        ("role", "role", None),
        promised=2,
    )
