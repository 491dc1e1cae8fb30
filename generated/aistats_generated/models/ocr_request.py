from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.debug_options import DebugOptions
    from ..models.provider_routing_options import ProviderRoutingOptions


@model
class OcrRequest(ApiModel):
    image: str
    model: str
    debug: DebugOptions | None = UNSET
    echo_upstream_request: bool | None = UNSET
    language: str | None = UNSET
    provider: ProviderRoutingOptions | None = UNSET

    _fields = Fields(
        ("image", "image", None),
        ("model", "model", None),
        ("debug", "debug", Ref("DebugOptions")),
        ("echo_upstream_request", "echo_upstream_request", None),
        ("language", "language", None),
        ("provider", "provider", Ref("ProviderRoutingOptions")),
        promised=2,
    )
