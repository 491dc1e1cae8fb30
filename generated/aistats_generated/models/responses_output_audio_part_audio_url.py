from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ResponsesOutputAudioPartAudioUrl(ApiModel):
    url: str | None = UNSET

    _fields = Fields(("url", "url", None))
