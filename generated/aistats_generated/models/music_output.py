from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class MusicOutput(ApiModel):
    index: int
    audio_base64: str | None = UNSET
    audio_url: str | None = UNSET
    duration: float | None = UNSET
    id: str | None = UNSET
    image_url: str | None = UNSET
    stream_audio_url: str | None = UNSET
    tags: Any = UNSET
    title: str | None = UNSET

    _fields = Fields(
        ("index", "index", None),
        ("audio_base64", "audio_base64", None),
        ("audio_url", "audio_url", None),
        ("duration", "duration", None),
        ("id", "id", None),
        ("image_url", "image_url", None),
        ("stream_audio_url", "stream_audio_url", None),
        ("tags", "tags", None),
        ("title", "title", None),
        promised=1,
    )
