from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ImageConfigFontInputsItem(ApiModel):
    font_url: str | None = UNSET
    text: str | None = UNSET

    _fields = Fields(("font_url", "font_url", None), ("text", "text", None))
