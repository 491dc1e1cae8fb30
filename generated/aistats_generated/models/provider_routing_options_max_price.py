from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ProviderRoutingOptionsMaxPrice(ApiModel):
    audio: float | str | None = UNSET
    completion: float | str | None = UNSET
    image: float | str | None = UNSET
    prompt: float | str | None = UNSET
    request: float | str | None = UNSET

    _fields = Fields(
        ("audio", "audio", None),
        ("completion", "completion", None),
        ("image", "image", None),
        ("prompt", "prompt", None),
        ("request", "request", None),
    )
