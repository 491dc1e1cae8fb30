from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.chat_audio_output_part_audio_url import ChatAudioOutputPartAudioUrl
    from ..models.chat_audio_output_part_format import ChatAudioOutputPartFormat
    from ..models.chat_audio_output_part_type import ChatAudioOutputPartType


@model
class ChatAudioOutputPart(ApiModel):
    audio_url: ChatAudioOutputPartAudioUrl
    type: ChatAudioOutputPartType
    format: ChatAudioOutputPartFormat | None = UNSET
    mime_type: str | None = UNSET

    _fields = Fields(
        ("audio_url", "audio_url", Ref("ChatAudioOutputPartAudioUrl")),
        ("type", "type", None),
        ("format", "format", None),
        ("mime_type", "mime_type", None),
        promised=2,
    )
