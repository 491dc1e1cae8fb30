from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class MusicOutput(ApiModel):
    audio_base64: None | str | Unset = UNSET
    audio_url: None | str | Unset = UNSET
    duration: float | None | Unset = UNSET
    id: None | str | Unset = UNSET
    image_url: None | str | Unset = UNSET
    index: int | Unset = UNSET
    stream_audio_url: None | str | Unset = UNSET
    tags: Any | Unset = UNSET
    title: None | str | Unset = UNSET

    _fields = Fields(
        ("audio_base64", "audio_base64", None),
        ("audio_url", "audio_url", None),
        ("duration", "duration", None),
        ("id", "id", None),
        ("image_url", "image_url", None),
        ("index", "index", None),
        ("stream_audio_url", "stream_audio_url", None),
        ("tags", "tags", None),
        ("title", "title", None),
    )
