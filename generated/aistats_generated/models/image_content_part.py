from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.image_content_part_image_url import ImageContentPartImageUrl
    from ..models.image_content_part_type import ImageContentPartType


@model
class ImageContentPart(ApiModel):
    image_url: ImageContentPartImageUrl
    type: ImageContentPartType

    _fields = Fields(
        ("image_url", "image_url", Ref("ImageContentPartImageUrl")),
        ("type", "type", None),
        promised=2,
    )
