from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class EmbeddingsMultimodalInputContentItemType2InputAudio(ApiModel):
    data: str | Unset = UNSET
    format: str | Unset = UNSET
    url: str | Unset = UNSET

    _fields = Fields(("data", "data", None), ("format", "format", None), ("url", "url", None))
