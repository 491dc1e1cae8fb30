from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.audio_content_part_input_audio import AudioContentPartInputAudio
    from ..models.audio_content_part_type import AudioContentPartType


@model
class AudioContentPart(ApiModel):
    input_audio: AudioContentPartInputAudio
    type: AudioContentPartType

    _fields = Fields(
        ("input_audio", "input_audio", Ref("AudioContentPartInputAudio")),
        ("type", "type", None),
        promised=2,
    )
