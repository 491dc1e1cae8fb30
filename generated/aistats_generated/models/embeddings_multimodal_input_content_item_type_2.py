from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.embeddings_multimodal_input_content_item_type_2_input_audio import (
        EmbeddingsMultimodalInputContentItemType2InputAudio,
    )
    from ..models.embeddings_multimodal_input_content_item_type_2_type import (
        EmbeddingsMultimodalInputContentItemType2Type,
    )


@model
class EmbeddingsMultimodalInputContentItemType2(ApiModel):
    input_audio: EmbeddingsMultimodalInputContentItemType2InputAudio
    type: EmbeddingsMultimodalInputContentItemType2Type

    _fields = Fields(
        ("input_audio", "input_audio", Ref("EmbeddingsMultimodalInputContentItemType2InputAudio")),
        ("type", "type", None),
        promised=2,
    )
