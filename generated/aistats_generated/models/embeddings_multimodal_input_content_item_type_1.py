from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.embeddings_multimodal_input_content_item_type_1_image_url_type_1 import (
        EmbeddingsMultimodalInputContentItemType1ImageUrlType1,
    )
    from ..models.embeddings_multimodal_input_content_item_type_1_type import (
        EmbeddingsMultimodalInputContentItemType1Type,
    )
    from ..models.embeddings_multimodal_input_content_item_type_1_url_type_1 import (
        EmbeddingsMultimodalInputContentItemType1UrlType1,
    )


@model
class EmbeddingsMultimodalInputContentItemType1(ApiModel):
    type: EmbeddingsMultimodalInputContentItemType1Type
    image_url: EmbeddingsMultimodalInputContentItemType1ImageUrlType1 | str | None = UNSET
    url: EmbeddingsMultimodalInputContentItemType1UrlType1 | str | None = UNSET

    _fields = Fields(
        ("type", "type", None),
        ("image_url", "image_url", Ref("EmbeddingsMultimodalInputContentItemType1ImageUrlType1")),
        ("url", "url", Ref("EmbeddingsMultimodalInputContentItemType1UrlType1")),
        promised=1,
    )
