from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class AnthropicContentBlockSource(ApiModel):
    data: str | None = UNSET
    media_type: str | None = UNSET
    type: str | None = UNSET
    url: str | None = UNSET

    _fields = Fields(
        ("data", "data", None),
        ("media_type", "media_type", None),
        ("type", "type", None),
        ("url", "url", None),
    )
