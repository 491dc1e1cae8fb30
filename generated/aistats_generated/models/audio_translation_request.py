from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.provider_routing_options import ProviderRoutingOptions
    from ..types import File, Unset


@model
class AudioTranslationRequest(ApiModel):
    model: str
    audio_b64: str | Unset = UNSET
    audio_url: str | Unset = UNSET
    file: File | Unset = UNSET
    language: str | Unset = UNSET
    prompt: str | Unset = UNSET
    provider: ProviderRoutingOptions | Unset = UNSET
    response_format: str | Unset = UNSET
    temperature: float | Unset = UNSET

    _fields = Fields(
        ("model", "model", None),
        ("audio_b64", "audio_b64", None),
        ("audio_url", "audio_url", None),
        ("file", "file", None),
        ("language", "language", None),
        ("prompt", "prompt", None),
        ("provider", "provider", Ref("ProviderRoutingOptions")),
        ("response_format", "response_format", None),
        ("temperature", "temperature", None),
    )
