from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.music_generate_request_suno_vocal_gender import (
        MusicGenerateRequestSunoVocalGender,
    )


@model
class MusicGenerateRequestSuno(ApiModel):
    audio_weight: float | None = UNSET
    call_back_url: str | None = UNSET
    custom_mode: bool | None = UNSET
    instrumental: bool | None = UNSET
    model: str | None = UNSET
    negative_tags: str | None = UNSET
    persona_id: str | None = UNSET
    prompt: str | None = UNSET
    style: str | None = UNSET
    style_weight: float | None = UNSET
    title: str | None = UNSET
    vocal_gender: MusicGenerateRequestSunoVocalGender | None = UNSET
    weirdness_constraint: float | None = UNSET

    _fields = Fields(
        ("audio_weight", "audioWeight", None),
        ("call_back_url", "callBackUrl", None),
        ("custom_mode", "customMode", None),
        ("instrumental", "instrumental", None),
        ("model", "model", None),
        ("negative_tags", "negativeTags", None),
        ("persona_id", "personaId", None),
        ("prompt", "prompt", None),
        ("style", "style", None),
        ("style_weight", "styleWeight", None),
        ("title", "title", None),
        ("vocal_gender", "vocalGender", None),
        ("weirdness_constraint", "weirdnessConstraint", None),
    )
