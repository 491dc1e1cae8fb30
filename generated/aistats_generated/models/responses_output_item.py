from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, OneOf, Ref, Variant
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.responses_output_audio_part import ResponsesOutputAudioPart
    from ..models.responses_output_image_part import ResponsesOutputImagePart
    from ..models.responses_output_text_part import ResponsesOutputTextPart
    from ..types import Unset


@model
class ResponsesOutputItem(ApiModel):
    arguments: str | Unset = UNSET
    call_id: str | Unset = UNSET
    content: (
        list[ResponsesOutputAudioPart | ResponsesOutputImagePart | ResponsesOutputTextPart] | Unset
    ) = UNSET
    id: str | Unset = UNSET
    name: str | Unset = UNSET
    role: str | Unset = UNSET
    status: None | str | Unset = UNSET
    summary: list[Any] | Unset = UNSET
    type: str | Unset = UNSET

    _fields = Fields(
        ("arguments", "arguments", None),
        ("call_id", "call_id", None),
        (
            "content",
            "content",
            ListOf(
                OneOf(
                    Variant(
                        Ref("ResponsesOutputTextPart"), {"type": ("output_text",)}, ("text", "type")
                    ),
                    Variant(
                        Ref("ResponsesOutputImagePart"), {"type": ("output_image",)}, ("type",)
                    ),
                    Variant(
                        Ref("ResponsesOutputAudioPart"), {"type": ("output_audio",)}, ("type",)
                    ),
                )
            ),
        ),
        ("id", "id", None),
        ("name", "name", None),
        ("role", "role", None),
        ("status", "status", None),
        ("summary", "summary", None),
        ("type", "type", None),
    )
