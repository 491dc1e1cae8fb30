"""Translate a recording into English text"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.audio_translation_request import AudioTranslationRequest
    from ...models.audio_translation_response import AudioTranslationResponse

OPERATION: Final = "create_translation"
_DECODE: Final = Ref("AudioTranslationResponse")


def _get_kwargs(*, body: AudioTranslationRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> AudioTranslationResponse:
    result: AudioTranslationResponse = _DECODE(data)
    return result
