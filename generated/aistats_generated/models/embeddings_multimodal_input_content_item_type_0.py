from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.embeddings_multimodal_input_content_item_type_0_type import (
        EmbeddingsMultimodalInputContentItemType0Type,
    )


@model
class EmbeddingsMultimodalInputContentItemType0(ApiModel):
    text: str
    type: EmbeddingsMultimodalInputContentItemType0Type

    _fields = Fields(("text", "text", None), ("type", "type", None), promised=2)
