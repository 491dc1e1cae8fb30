from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, OneOf, Ref, Variant
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.responses_message_role import ResponsesMessageRole
    from ..models.responses_message_type import ResponsesMessageType
    from ..models.responses_output_audio_part import ResponsesOutputAudioPart
    from ..models.responses_output_image_part import ResponsesOutputImagePart
    from ..models.responses_output_text_part import ResponsesOutputTextPart
    from ..models.responses_refusal_part import ResponsesRefusalPart


@model
class ResponsesMessage(ApiModel):
    content: list[
        ResponsesOutputAudioPart
        | ResponsesOutputImagePart
        | ResponsesOutputTextPart
        | ResponsesRefusalPart
    ]
    id: str
    role: ResponsesMessageRole
    status: str
    type: ResponsesMessageType

    _fields = Fields(
        (
            "content",
            "content",
            ListOf(
                OneOf(
                    Variant(
                        Ref("ResponsesOutputTextPart"),
                        {"type": ("output_text",)},
                        ("annotations", "text", "type"),
                    ),
                    Variant(
                        Ref("ResponsesOutputImagePart"), {"type": ("output_image",)}, ("type",)
                    ),
                    Variant(
                        Ref("ResponsesOutputAudioPart"), {"type": ("output_audio",)}, ("type",)
                    ),
                    Variant(
                        Ref("ResponsesRefusalPart"), {"type": ("refusal",)}, ("refusal", "type")
                    ),
                )
            ),
        ),
        ("id", "id", None),
        ("role", "role", None),
        ("status", "status", None),
        ("type", "type", None),
        promised=5,
    )
