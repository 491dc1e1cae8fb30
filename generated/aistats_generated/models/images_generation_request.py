from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.provider_routing_options import ProviderRoutingOptions


@model
class ImagesGenerationRequest(ApiModel):
    model: str
    prompt: str
    n: int | None = UNSET
    provider: ProviderRoutingOptions | None = UNSET
    quality: str | None = UNSET
    response_format: str | None = UNSET
    size: str | None = UNSET
    style: str | None = UNSET
    user: str | None = UNSET

    _fields = Fields(
        ("model", "model", None),
        ("prompt", "prompt", None),
        ("n", "n", None),
        ("provider", "provider", Ref("ProviderRoutingOptions")),
        ("quality", "quality", None),
        ("response_format", "response_format", None),
        ("size", "size", None),
        ("style", "style", None),
        ("user", "user", None),
        promised=2,
    )
