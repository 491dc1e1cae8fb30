from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.audio_transcription_request_chunking_strategy_type_1_type import (
        AudioTranscriptionRequestChunkingStrategyType1Type,
    )


@model
class AudioTranscriptionRequestChunkingStrategyType1(ApiModel):
    type: AudioTranscriptionRequestChunkingStrategyType1Type
    prefix_padding_ms: int | None = UNSET
    silence_duration_ms: int | None = UNSET
    threshold: float | None = UNSET

    _fields = Fields(
        ("type", "type", None),
        ("prefix_padding_ms", "prefix_padding_ms", None),
        ("silence_duration_ms", "silence_duration_ms", None),
        ("threshold", "threshold", None),
        promised=1,
    )
