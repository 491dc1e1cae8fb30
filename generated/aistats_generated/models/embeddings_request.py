from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import OneOf, Ref, Variant
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.debug_options import DebugOptions
    from ..models.embeddings_multimodal_input import EmbeddingsMultimodalInput
    from ..models.embeddings_request_encoding_format import EmbeddingsRequestEncodingFormat
    from ..models.embeddings_request_provider_options import EmbeddingsRequestProviderOptions
    from ..models.provider_routing_options import ProviderRoutingOptions


@model
class EmbeddingsRequest(ApiModel):
    input: (
        EmbeddingsMultimodalInput
        | list[EmbeddingsMultimodalInput | list[int] | str]
        | list[int]
        | str
    )
    model: str
    debug: DebugOptions | None = UNSET
    dimensions: int | None = UNSET
    encoding_format: EmbeddingsRequestEncodingFormat | None = UNSET
    provider: ProviderRoutingOptions | None = UNSET
    provider_options: EmbeddingsRequestProviderOptions | None = UNSET
    user: str | None = UNSET

    _fields = Fields(
        (
            "input",
            "input",
            OneOf(
                Variant(Ref("EmbeddingsMultimodalInput"), {}, ("content",)),
                items=Ref("EmbeddingsMultimodalInput"),
            ),
        ),
        ("model", "model", None),
        ("debug", "debug", Ref("DebugOptions")),
        ("dimensions", "dimensions", None),
        ("encoding_format", "encoding_format", None),
        ("provider", "provider", Ref("ProviderRoutingOptions")),
        ("provider_options", "provider_options", Ref("EmbeddingsRequestProviderOptions")),
        ("user", "user", None),
        promised=2,
    )
