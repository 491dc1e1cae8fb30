from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, OneOf, Ref, Variant
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.embeddings_multimodal_input_content_item_type_0 import (
        EmbeddingsMultimodalInputContentItemType0,
    )
    from ..models.embeddings_multimodal_input_content_item_type_1 import (
        EmbeddingsMultimodalInputContentItemType1,
    )
    from ..models.embeddings_multimodal_input_content_item_type_2 import (
        EmbeddingsMultimodalInputContentItemType2,
    )
    from ..models.embeddings_multimodal_input_content_item_type_3 import (
        EmbeddingsMultimodalInputContentItemType3,
    )


@model
class EmbeddingsMultimodalInput(ApiModel):
    content: list[
        EmbeddingsMultimodalInputContentItemType0
        | EmbeddingsMultimodalInputContentItemType1
        | EmbeddingsMultimodalInputContentItemType2
        | EmbeddingsMultimodalInputContentItemType3
    ]

    _fields = Fields(
        (
            "content",
            "content",
            ListOf(
                OneOf(
                    Variant(
                        Ref("EmbeddingsMultimodalInputContentItemType0"),
                        {"type": ("input_text", "text")},
                        ("text", "type"),
                    ),
                    Variant(
                        Ref("EmbeddingsMultimodalInputContentItemType1"),
                        {"type": ("image", "image_url", "input_image")},
                        ("type",),
                    ),
                    Variant(
                        Ref("EmbeddingsMultimodalInputContentItemType2"),
                        {"type": ("input_audio",)},
                        ("input_audio", "type"),
                    ),
                    Variant(
                        Ref("EmbeddingsMultimodalInputContentItemType3"),
                        {"type": ("input_video", "video_url")},
                        ("type",),
                    ),
                )
            ),
        ),
        promised=1,
    )
