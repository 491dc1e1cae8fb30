"""Transcribe a recording in its own language"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.audio_transcription_request import AudioTranscriptionRequest
    from ...models.audio_transcription_response import AudioTranscriptionResponse

OPERATION: Final = "create_transcription"
_DECODE: Final = Ref("AudioTranscriptionResponse")


def _get_kwargs(*, body: AudioTranscriptionRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> AudioTranscriptionResponse:
    result: AudioTranscriptionResponse = _DECODE(data)
    return result
