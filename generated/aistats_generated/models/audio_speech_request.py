from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.audio_speech_request_format import AudioSpeechRequestFormat
    from ..models.audio_speech_request_response_format import AudioSpeechRequestResponseFormat
    from ..models.audio_speech_request_stream_format import AudioSpeechRequestStreamFormat
    from ..models.provider_routing_options import ProviderRoutingOptions


@model
class AudioSpeechRequest(ApiModel):
    input: str
    model: str
    format: AudioSpeechRequestFormat | None = UNSET
    provider: ProviderRoutingOptions | None = UNSET
    response_format: AudioSpeechRequestResponseFormat | None = UNSET
    speed: float | None = UNSET
    stream_format: AudioSpeechRequestStreamFormat | None = UNSET
    voice: str | None = UNSET

    _fields = Fields(
        ("input", "input", None),
        ("model", "model", None),
        ("format", "format", None),
        ("provider", "provider", Ref("ProviderRoutingOptions")),
        ("response_format", "response_format", None),
        ("speed", "speed", None),
        ("stream_format", "stream_format", None),
        ("voice", "voice", None),
        promised=2,
    )
