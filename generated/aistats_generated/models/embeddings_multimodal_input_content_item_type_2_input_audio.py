from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class EmbeddingsMultimodalInputContentItemType2InputAudio(ApiModel):
    data: str | None = UNSET
    format: str | None = UNSET
    url: str | None = UNSET

    _fields = Fields(("data", "data", None), ("format", "format", None), ("url", "url", None))
