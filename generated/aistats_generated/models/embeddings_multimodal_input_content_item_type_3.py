from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.embeddings_multimodal_input_content_item_type_3_type import (
        EmbeddingsMultimodalInputContentItemType3Type,
    )
    from ..models.embeddings_multimodal_input_content_item_type_3_url_type_1 import (
        EmbeddingsMultimodalInputContentItemType3UrlType1,
    )
    from ..models.embeddings_multimodal_input_content_item_type_3_video_url_type_1 import (
        EmbeddingsMultimodalInputContentItemType3VideoUrlType1,
    )


@model
class EmbeddingsMultimodalInputContentItemType3(ApiModel):
    type: EmbeddingsMultimodalInputContentItemType3Type
    url: EmbeddingsMultimodalInputContentItemType3UrlType1 | str | None = UNSET
    video_url: EmbeddingsMultimodalInputContentItemType3VideoUrlType1 | str | None = UNSET

    _fields = Fields(
        ("type", "type", None),
        ("url", "url", Ref("EmbeddingsMultimodalInputContentItemType3UrlType1")),
        ("video_url", "video_url", Ref("EmbeddingsMultimodalInputContentItemType3VideoUrlType1")),
        promised=1,
    )
