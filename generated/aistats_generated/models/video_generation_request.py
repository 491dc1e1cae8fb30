from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, OneOf, Ref, Variant
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.debug_options import DebugOptions
    from ..models.provider_routing_options import ProviderRoutingOptions
    from ..models.video_generation_request_input_reference import (
        VideoGenerationRequestInputReference,
    )
    from ..models.video_generation_request_seconds import VideoGenerationRequestSeconds
    from ..models.video_generation_request_webhook import VideoGenerationRequestWebhook
    from ..models.video_input_reference_type_0 import VideoInputReferenceType0
    from ..models.video_input_reference_type_1 import VideoInputReferenceType1
    from ..models.video_output_config import VideoOutputConfig


@model
class VideoGenerationRequest(ApiModel):
    model: str
    aspect_ratio: str | None = UNSET
    beta: Any = UNSET
    compression_quality: int | None = UNSET
    debug: DebugOptions | None = UNSET
    duration: int | None = UNSET
    echo_upstream_request: bool | None = UNSET
    enhance_prompt: bool | None = UNSET
    generate_audio: bool | None = UNSET
    input_audio_duration: float | None = UNSET
    input_reference: VideoGenerationRequestInputReference | None = UNSET
    input_references: list[VideoInputReferenceType0 | VideoInputReferenceType1] | None = UNSET
    input_video_duration: float | None = UNSET
    negative_prompt: str | None = UNSET
    output: VideoOutputConfig | None = UNSET
    person_generation: str | None = UNSET
    prompt: str | None = UNSET
    provider: ProviderRoutingOptions | None = UNSET
    provider_params: Any = UNSET
    resize_mode: str | None = UNSET
    resolution: str | None = UNSET
    routing: Any = UNSET
    sample_count: int | None = UNSET
    seconds: VideoGenerationRequestSeconds | None = UNSET
    seed: int | None = UNSET
    size: str | None = UNSET
    webhook: VideoGenerationRequestWebhook | None = UNSET

    _fields = Fields(
        ("model", "model", None),
        ("aspect_ratio", "aspect_ratio", None),
        ("beta", "beta", None),
        ("compression_quality", "compression_quality", None),
        ("debug", "debug", Ref("DebugOptions")),
        ("duration", "duration", None),
        ("echo_upstream_request", "echo_upstream_request", None),
        ("enhance_prompt", "enhance_prompt", None),
        ("generate_audio", "generate_audio", None),
        ("input_audio_duration", "input_audio_duration", None),
        ("input_reference", "input_reference", Ref("VideoGenerationRequestInputReference")),
        (
            "input_references",
            "input_references",
            ListOf(
                OneOf(
                    Variant(
                        Ref("VideoInputReferenceType0"),
                        {
                            "type": ("image_url",),
                            "role": ("first_frame", "last_frame", "mask", "reference", "source"),
                        },
                        ("image_url", "type"),
                    ),
                    Variant(
                        Ref("VideoInputReferenceType1"),
                        {
                            "type": ("audio_url", "video_url"),
                            "role": ("first_frame", "last_frame", "mask", "reference", "source"),
                        },
                        ("media_url", "type"),
                    ),
                )
            ),
        ),
        ("input_video_duration", "input_video_duration", None),
        ("negative_prompt", "negative_prompt", None),
        ("output", "output", Ref("VideoOutputConfig")),
        ("person_generation", "person_generation", None),
        ("prompt", "prompt", None),
        ("provider", "provider", Ref("ProviderRoutingOptions")),
        ("provider_params", "provider_params", None),
        ("resize_mode", "resize_mode", None),
        ("resolution", "resolution", None),
        ("routing", "routing", None),
        ("sample_count", "sample_count", None),
        ("seconds", "seconds", None),
        ("seed", "seed", None),
        ("size", "size", None),
        ("webhook", "webhook", Ref("VideoGenerationRequestWebhook")),
        promised=1,
    )
