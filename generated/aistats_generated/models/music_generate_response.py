from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.music_generate_response_usage import MusicGenerateResponseUsage
    from ..models.music_output import MusicOutput


@model
class MusicGenerateResponse(ApiModel):
    id: str
    object: str
    provider: str
    status: str
    audio_base64: str | None = UNSET
    audio_url: str | None = UNSET
    model: str | None = UNSET
    native_response_id: str | None = UNSET
    output: list[MusicOutput] | None = UNSET
    request_id: str | None = UNSET
    result: Any = UNSET
    usage: MusicGenerateResponseUsage | None = UNSET

    _fields = Fields(
        ("id", "id", None),
        ("object", "object", None),
        ("provider", "provider", None),
        ("status", "status", None),
        ("audio_base64", "audio_base64", None),
        ("audio_url", "audio_url", None),
        ("model", "model", None),
        ("native_response_id", "nativeResponseId", None),
        ("output", "output", ListOf(Ref("MusicOutput"))),
        ("request_id", "requestId", None),
        ("result", "result", None),
        ("usage", "usage", Ref("MusicGenerateResponseUsage")),
        promised=4,
    )
