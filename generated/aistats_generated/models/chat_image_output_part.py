from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.chat_image_output_part_image_url import ChatImageOutputPartImageUrl
    from ..models.chat_image_output_part_type import ChatImageOutputPartType


@model
class ChatImageOutputPart(ApiModel):
    image_url: ChatImageOutputPartImageUrl
    type: ChatImageOutputPartType
    mime_type: str | None = UNSET

    _fields = Fields(
        ("image_url", "image_url", Ref("ChatImageOutputPartImageUrl")),
        ("type", "type", None),
        ("mime_type", "mime_type", None),
        promised=2,
    )
