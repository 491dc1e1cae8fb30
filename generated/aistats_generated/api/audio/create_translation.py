"""Translate a recording into English text"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import form_parts

if TYPE_CHECKING:
    from ...models.audio_translation_request import AudioTranslationRequest
    from ...models.audio_translation_response import AudioTranslationResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("AudioTranslationResponse")


def _get_kwargs(*, body: AudioTranslationRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/audio/translations"}
    _request["files"] = form_parts(body)

    return _request


def _parse_response(data: Any) -> AudioTranslationResponse:
    result: AudioTranslationResponse = _DECODE(data)
    return result
