from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.provider_routing_options import ProviderRoutingOptions
    from ..types import File


@model
class AudioTranslationRequest(ApiModel):
    model: str
    audio_b64: str | None = UNSET
    audio_url: str | None = UNSET
    file: File | None = UNSET
    language: str | None = UNSET
    prompt: str | None = UNSET
    provider: ProviderRoutingOptions | None = UNSET
    response_format: str | None = UNSET
    temperature: float | None = UNSET

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
        promised=1,
    )
