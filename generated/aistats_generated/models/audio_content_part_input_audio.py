from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.audio_content_part_input_audio_format import AudioContentPartInputAudioFormat


@model
class AudioContentPartInputAudio(ApiModel):
    data: str | None = UNSET
    format: AudioContentPartInputAudioFormat | None = UNSET

    _fields = Fields(("data", "data", None), ("format", "format", None))
