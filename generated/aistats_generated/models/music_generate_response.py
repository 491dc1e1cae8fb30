from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.music_generate_response_usage import MusicGenerateResponseUsage
    from ..models.music_output import MusicOutput
    from ..types import Unset


@model
class MusicGenerateResponse(ApiModel):
    audio_base64: None | str | Unset = UNSET
    audio_url: None | str | Unset = UNSET
    id: str | Unset = UNSET
    model: None | str | Unset = UNSET
    native_response_id: None | str | Unset = UNSET
    object: str | Unset = UNSET
    output: list[MusicOutput] | Unset = UNSET
    provider: str | Unset = UNSET
    request_id: str | Unset = UNSET
    result: Any | Unset = UNSET
    status: str | Unset = UNSET
    usage: MusicGenerateResponseUsage | Unset = UNSET

    _fields = Fields(
        ("audio_base64", "audio_base64", None),
        ("audio_url", "audio_url", None),
        ("id", "id", None),
        ("model", "model", None),
        ("native_response_id", "nativeResponseId", None),
        ("object", "object", None),
        ("output", "output", ListOf(Ref("MusicOutput"))),
        ("provider", "provider", None),
        ("request_id", "requestId", None),
        ("result", "result", None),
        ("status", "status", None),
        ("usage", "usage", Ref("MusicGenerateResponseUsage")),
    )
