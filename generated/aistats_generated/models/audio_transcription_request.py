from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import OneOf, Ref, Variant
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.audio_transcription_request_chunking_strategy_type_0 import (
        AudioTranscriptionRequestChunkingStrategyType0,
    )
    from ..models.audio_transcription_request_chunking_strategy_type_1 import (
        AudioTranscriptionRequestChunkingStrategyType1,
    )
    from ..models.audio_transcription_request_response_format import (
        AudioTranscriptionRequestResponseFormat,
    )
    from ..models.debug_options import DebugOptions
    from ..models.provider_routing_options import ProviderRoutingOptions
    from ..types import File


@model
class AudioTranscriptionRequest(ApiModel):
    model: str
    audio_b64: str | None = UNSET
    audio_url: str | None = UNSET
    chunking_strategy: (
        AudioTranscriptionRequestChunkingStrategyType0
        | AudioTranscriptionRequestChunkingStrategyType1
        | None
    ) = UNSET
    context_bias: list[str] | None = UNSET
    debug: DebugOptions | None = UNSET
    diarize: bool | None = UNSET
    file: File | None = UNSET
    file_id: str | None = UNSET
    file_url: str | None = UNSET
    include: list[str] | None = UNSET
    keywords: list[str] | None = UNSET
    known_speaker_names: list[str] | None = UNSET
    known_speaker_references: list[str] | None = UNSET
    language: str | None = UNSET
    languages: list[str] | None = UNSET
    prompt: str | None = UNSET
    provider: ProviderRoutingOptions | None = UNSET
    response_format: AudioTranscriptionRequestResponseFormat | None = UNSET
    s3_presigned_url: str | None = UNSET
    stream: bool | None = UNSET
    temperature: float | None = UNSET
    timestamp_granularities: list[str] | None = UNSET

    _fields = Fields(
        ("model", "model", None),
        ("audio_b64", "audio_b64", None),
        ("audio_url", "audio_url", None),
        (
            "chunking_strategy",
            "chunking_strategy",
            OneOf(
                Variant(
                    Ref("AudioTranscriptionRequestChunkingStrategyType1"),
                    {"type": ("server_vad",)},
                    ("type",),
                )
            ),
        ),
        ("context_bias", "context_bias", None),
        ("debug", "debug", Ref("DebugOptions")),
        ("diarize", "diarize", None),
        ("file", "file", None),
        ("file_id", "file_id", None),
        ("file_url", "file_url", None),
        ("include", "include", None),
        ("keywords", "keywords", None),
        ("known_speaker_names", "known_speaker_names", None),
        ("known_speaker_references", "known_speaker_references", None),
        ("language", "language", None),
        ("languages", "languages", None),
        ("prompt", "prompt", None),
        ("provider", "provider", Ref("ProviderRoutingOptions")),
        ("response_format", "response_format", None),
        ("s3_presigned_url", "s3_presigned_url", None),
        ("stream", "stream", None),
        ("temperature", "temperature", None),
        ("timestamp_granularities", "timestamp_granularities", None),
        promised=1,
    )
