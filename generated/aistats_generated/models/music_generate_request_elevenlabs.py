from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class MusicGenerateRequestElevenlabs(ApiModel):
    composition_plan: Any = UNSET
    force_instrumental: bool | None = UNSET
    model_id: str | None = UNSET
    music_length_ms: int | None = UNSET
    output_format: str | None = UNSET
    prompt: str | None = UNSET
    sign_with_c2pa: bool | None = UNSET
    store_for_inpainting: bool | None = UNSET
    with_timestamps: bool | None = UNSET

    _fields = Fields(
        ("composition_plan", "composition_plan", None),
        ("force_instrumental", "force_instrumental", None),
        ("model_id", "model_id", None),
        ("music_length_ms", "music_length_ms", None),
        ("output_format", "output_format", None),
        ("prompt", "prompt", None),
        ("sign_with_c2pa", "sign_with_c2pa", None),
        ("store_for_inpainting", "store_for_inpainting", None),
        ("with_timestamps", "with_timestamps", None),
    )
