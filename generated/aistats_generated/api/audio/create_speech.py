"""Turn text into speech"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...request import keywords

if TYPE_CHECKING:
    from ...models.audio_speech_request import AudioSpeechRequest

OPERATION: Final = "create_speech"


def _get_kwargs(*, body: AudioSpeechRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> bytes:
    result: bytes = data
    return result
