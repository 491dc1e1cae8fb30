from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.images_edit_request_output_format import ImagesEditRequestOutputFormat
    from ..models.images_edit_request_response_format import ImagesEditRequestResponseFormat
    from ..models.provider_routing_options import ProviderRoutingOptions
    from ..types import File, Unset


@model
class ImagesEditRequest(ApiModel):
    image: File | list[File]
    model: str
    prompt: str
    background: str | Unset = UNSET
    input_fidelity: str | Unset = UNSET
    mask: File | Unset = UNSET
    meta: bool | Unset = UNSET
    moderation: str | Unset = UNSET
    n: int | Unset = UNSET
    output_compression: int | Unset = UNSET
    output_format: ImagesEditRequestOutputFormat | Unset = UNSET
    partial_images: int | Unset = UNSET
    provider: ProviderRoutingOptions | Unset = UNSET
    quality: str | Unset = UNSET
    response_format: ImagesEditRequestResponseFormat | Unset = UNSET
    size: str | Unset = UNSET
    stream: bool | Unset = UNSET
    usage: bool | Unset = UNSET
    user: str | Unset = UNSET

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
    )
