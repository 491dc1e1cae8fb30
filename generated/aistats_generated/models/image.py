from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class Image(ApiModel):
    b64_json: str | Unset = UNSET
    revised_prompt: str | Unset = UNSET
    url: str | Unset = UNSET

    _fields = Fields(
        ("b64_json", "b64_json", None),
        ("revised_prompt", "revised_prompt", None),
        ("url", "url", None),
    )
