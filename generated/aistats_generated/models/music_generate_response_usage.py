from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class MusicGenerateResponseUsage(ApiModel):
    output_audio_count: int | None = UNSET
    output_audio_seconds: float | None = UNSET

    _fields = Fields(
        ("output_audio_count", "output_audio_count", None),
        ("output_audio_seconds", "output_audio_seconds", None),
    )
