from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.images_edit_request_output_format import ImagesEditRequestOutputFormat
    from ..models.images_edit_request_response_format import ImagesEditRequestResponseFormat
    from ..models.provider_routing_options import ProviderRoutingOptions
    from ..types import File


@model
class ImagesEditRequest(ApiModel):
    image: File | list[File]
    model: str
    prompt: str
    background: str | None = UNSET
    input_fidelity: str | None = UNSET
    mask: File | None = UNSET
    meta: bool | None = UNSET
    moderation: str | None = UNSET
    n: int | None = UNSET
    output_compression: int | None = UNSET
    output_format: ImagesEditRequestOutputFormat | None = UNSET
    partial_images: int | None = UNSET
    provider: ProviderRoutingOptions | None = UNSET
    quality: str | None = UNSET
    response_format: ImagesEditRequestResponseFormat | None = UNSET
    size: str | None = UNSET
    stream: bool | None = UNSET
    usage: bool | None = UNSET
    user: str | None = UNSET

    _fields = Fields(
        ("image", "image", None),
        ("model", "model", None),
        ("prompt", "prompt", None),
        ("background", "background", None),
        ("input_fidelity", "input_fidelity", None),
        ("mask", "mask", None),
        ("meta", "meta", None),
        ("moderation", "moderation", None),
        ("n", "n", None),
        ("output_compression", "output_compression", None),
        ("output_format", "output_format", None),
        ("partial_images", "partial_images", None),
        ("provider", "provider", Ref("ProviderRoutingOptions")),
        ("quality", "quality", None),
        ("response_format", "response_format", None),
        ("size", "size", None),
        ("stream", "stream", None),
        ("usage", "usage", None),
        ("user", "user", None),
        promised=3,
    )
