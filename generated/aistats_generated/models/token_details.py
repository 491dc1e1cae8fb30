from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class TokenDetails(ApiModel):
    cached_tokens: int | None = UNSET
    input_audio: int | None = UNSET
    input_images: int | None = UNSET
    input_videos: int | None = UNSET
    output_images: int | None = UNSET
    reasoning_tokens: int | None = UNSET

    _fields = Fields(
        ("cached_tokens", "cached_tokens", None),
        ("input_audio", "input_audio", None),
        ("input_images", "input_images", None),
        ("input_videos", "input_videos", None),
        ("output_images", "output_images", None),
        ("reasoning_tokens", "reasoning_tokens", None),
    )
