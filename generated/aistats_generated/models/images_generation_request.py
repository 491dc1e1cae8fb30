from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.provider_routing_options import ProviderRoutingOptions
    from ..types import Unset


@model
class ImagesGenerationRequest(ApiModel):
    model: str
    prompt: str
    n: int | Unset = UNSET
    provider: ProviderRoutingOptions | Unset = UNSET
    quality: str | Unset = UNSET
    response_format: str | Unset = UNSET
    size: str | Unset = UNSET
    style: str | Unset = UNSET
    user: str | Unset = UNSET

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
    )
