from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ChatImageOutputPartImageUrl(ApiModel):
    url: str

    _fields = Fields(("url", "url", None), promised=1)
