from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class Image(ApiModel):
    b64_json: str
    revised_prompt: str | None = UNSET
    url: str | None = UNSET

    _fields = Fields(
        ("b64_json", "b64_json", None),
        ("revised_prompt", "revised_prompt", None),
        ("url", "url", None),
        promised=1,
    )
