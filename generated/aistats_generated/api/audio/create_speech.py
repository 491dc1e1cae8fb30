"""Turn text into speech"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...request import to_json

if TYPE_CHECKING:
    from ...models.audio_speech_request import AudioSpeechRequest

_REPLY: Final = "bytes"


def _get_kwargs(*, body: AudioSpeechRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/audio/speech"}
    _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> bytes:
    result: bytes = data
    return result
