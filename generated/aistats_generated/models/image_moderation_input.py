from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.image_moderation_input_image_url import ImageModerationInputImageUrl
    from ..models.image_moderation_input_type import ImageModerationInputType


@model
class ImageModerationInput(ApiModel):
    image_url: ImageModerationInputImageUrl
    type: ImageModerationInputType

    _fields = Fields(
        ("image_url", "image_url", Ref("ImageModerationInputImageUrl")),
        ("type", "type", None),
        promised=2,
    )
