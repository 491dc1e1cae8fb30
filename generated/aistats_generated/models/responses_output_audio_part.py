from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.responses_output_audio_part_audio_url import ResponsesOutputAudioPartAudioUrl
    from ..models.responses_output_audio_part_format import ResponsesOutputAudioPartFormat
    from ..models.responses_output_audio_part_type import ResponsesOutputAudioPartType


@model
class ResponsesOutputAudioPart(ApiModel):
    type: ResponsesOutputAudioPartType
    audio_url: ResponsesOutputAudioPartAudioUrl | None = UNSET
    b64_json: str | None = UNSET
    format: ResponsesOutputAudioPartFormat | None = UNSET
    mime_type: str | None = UNSET

    _fields = Fields(
        ("type", "type", None),
        ("audio_url", "audio_url", Ref("ResponsesOutputAudioPartAudioUrl")),
        ("b64_json", "b64_json", None),
        ("format", "format", None),
        ("mime_type", "mime_type", None),
        promised=1,
    )
