from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class AnthropicContentBlockSource(ApiModel):
    data: str | Unset = UNSET
    media_type: str | Unset = UNSET
    type: str | Unset = UNSET
    url: str | Unset = UNSET

    _fields = Fields(
        ("data", "data", None),
        ("media_type", "media_type", None),
        ("type", "type", None),
        ("url", "url", None),
    )
