from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.debug_options import DebugOptions
    from ..models.music_generate_request_elevenlabs import MusicGenerateRequestElevenlabs
    from ..models.music_generate_request_format import MusicGenerateRequestFormat
    from ..models.music_generate_request_suno import MusicGenerateRequestSuno
    from ..models.provider_routing_options import ProviderRoutingOptions


@model
class MusicGenerateRequest(ApiModel):
    model: str
    debug: DebugOptions | None = UNSET
    duration: int | None = UNSET
    echo_upstream_request: bool | None = UNSET
    elevenlabs: MusicGenerateRequestElevenlabs | None = UNSET
    format: MusicGenerateRequestFormat | None = UNSET
    minimax: Any = UNSET
    prompt: str | None = UNSET
    provider: ProviderRoutingOptions | None = UNSET
    routing: Any = UNSET
    suno: MusicGenerateRequestSuno | None = UNSET

    _fields = Fields(
        ("model", "model", None),
        ("debug", "debug", Ref("DebugOptions")),
        ("duration", "duration", None),
        ("echo_upstream_request", "echo_upstream_request", None),
        ("elevenlabs", "elevenlabs", Ref("MusicGenerateRequestElevenlabs")),
        ("format", "format", None),
        ("minimax", "minimax", None),
        ("prompt", "prompt", None),
        ("provider", "provider", Ref("ProviderRoutingOptions")),
        ("routing", "routing", None),
        ("suno", "suno", Ref("MusicGenerateRequestSuno")),
        promised=1,
    )
