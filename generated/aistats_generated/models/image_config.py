from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.image_config_font_inputs_item import ImageConfigFontInputsItem
    from ..models.image_config_image_size import ImageConfigImageSize


@model
class ImageConfig(ApiModel):
    aspect_ratio: str | None = UNSET
    font_inputs: list[ImageConfigFontInputsItem] | None = UNSET
    image_size: ImageConfigImageSize | None = UNSET
    include_rai_reason: bool | None = UNSET
    reference_images: list[Any] | None = UNSET
    super_resolution_references: list[str] | None = UNSET

    _fields = Fields(
        ("aspect_ratio", "aspect_ratio", None),
        ("font_inputs", "font_inputs", ListOf(Ref("ImageConfigFontInputsItem"))),
        ("image_size", "image_size", None),
        ("include_rai_reason", "include_rai_reason", None),
        ("reference_images", "reference_images", None),
        ("super_resolution_references", "super_resolution_references", None),
    )
