from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.responses_output_image_part_image_url import ResponsesOutputImagePartImageUrl
    from ..models.responses_output_image_part_type import ResponsesOutputImagePartType


@model
class ResponsesOutputImagePart(ApiModel):
    type: ResponsesOutputImagePartType
    b64_json: str | None = UNSET
    image_url: ResponsesOutputImagePartImageUrl | None = UNSET
    mime_type: str | None = UNSET

    _fields = Fields(
        ("type", "type", None),
        ("b64_json", "b64_json", None),
        ("image_url", "image_url", Ref("ResponsesOutputImagePartImageUrl")),
        ("mime_type", "mime_type", None),
        promised=1,
    )
