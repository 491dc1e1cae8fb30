from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import OneOf, Ref, Variant
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.request_meta import RequestMeta
    from ..models.responses_function_call import ResponsesFunctionCall
    from ..models.responses_message import ResponsesMessage
    from ..models.responses_output_audio_part import ResponsesOutputAudioPart
    from ..models.responses_output_image_part import ResponsesOutputImagePart
    from ..models.responses_output_text_part import ResponsesOutputTextPart
    from ..models.responses_reasoning import ResponsesReasoning
    from ..models.responses_refusal_part import ResponsesRefusalPart
    from ..models.responses_response import ResponsesResponse


@model
class ResponseStreamEvent(ApiModel):
    annotation: Any = UNSET
    arguments: str | None = UNSET
    content_index: int | None = UNSET
    delta: str = UNSET
    id: str | None = UNSET
    item: ResponsesFunctionCall | ResponsesMessage | ResponsesReasoning = UNSET
    item_id: str | None = UNSET
    logprobs: list[Any] | None = UNSET
    meta: RequestMeta | None = UNSET
    name: str | None = UNSET
    output_index: int | None = UNSET
    part: (
        ResponsesOutputAudioPart
        | ResponsesOutputImagePart
        | ResponsesOutputTextPart
        | ResponsesRefusalPart
        | None
    ) = UNSET
    refusal: str | None = UNSET
    response: ResponsesResponse = UNSET
    sequence_number: int | None = UNSET
    summary_index: int | None = UNSET
    text: str | None = UNSET
    type: str = UNSET

    _fields = Fields(
        ("annotation", "annotation", None),
        ("arguments", "arguments", None),
        ("content_index", "content_index", None),
        ("delta", "delta", None),
        ("id", "id", None),
        (
            "item",
            "item",
            OneOf(
                Variant(
                    Ref("ResponsesMessage"),
                    {"role": ("assistant",), "type": ("message",)},
                    ("content", "id", "role", "status", "type"),
                ),
                Variant(
                    Ref("ResponsesFunctionCall"),
                    {"type": ("function_call",)},
                    ("arguments", "call_id", "id", "name", "status", "type"),
                ),
                Variant(Ref("ResponsesReasoning"), {"type": ("reasoning",)}, ("type",)),
            ),
        ),
        ("item_id", "item_id", None),
        ("logprobs", "logprobs", None),
        ("meta", "meta", Ref("RequestMeta")),
        ("name", "name", None),
        ("output_index", "output_index", None),
        (
            "part",
            "part",
            OneOf(
                Variant(
                    Ref("ResponsesOutputTextPart"),
                    {"type": ("output_text",)},
                    ("annotations", "text", "type"),
                ),
                Variant(Ref("ResponsesOutputImagePart"), {"type": ("output_image",)}, ("type",)),
                Variant(Ref("ResponsesOutputAudioPart"), {"type": ("output_audio",)}, ("type",)),
                Variant(Ref("ResponsesRefusalPart"), {"type": ("refusal",)}, ("refusal", "type")),
            ),
        ),
        ("refusal", "refusal", None),
        ("response", "response", Ref("ResponsesResponse")),
        ("sequence_number", "sequence_number", None),
        ("summary_index", "summary_index", None),
        ("text", "text", None),
        ("type", "type", None),
        empty={"delta": "", "item": {}, "response": {}, "type": ""},
    )
