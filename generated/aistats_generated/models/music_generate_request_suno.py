from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.music_generate_request_suno_vocal_gender import (
        MusicGenerateRequestSunoVocalGender,
    )
    from ..types import Unset


@model
class MusicGenerateRequestSuno(ApiModel):
    audio_weight: float | Unset = UNSET
    call_back_url: str | Unset = UNSET
    custom_mode: bool | Unset = UNSET
    instrumental: bool | Unset = UNSET
    model: str | Unset = UNSET
    negative_tags: str | Unset = UNSET
    persona_id: str | Unset = UNSET
    prompt: str | Unset = UNSET
    style: str | Unset = UNSET
    style_weight: float | Unset = UNSET
    title: str | Unset = UNSET
    vocal_gender: MusicGenerateRequestSunoVocalGender | Unset = UNSET
    weirdness_constraint: float | Unset = UNSET

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
