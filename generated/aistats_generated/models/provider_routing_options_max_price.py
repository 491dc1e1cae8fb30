from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class ProviderRoutingOptionsMaxPrice(ApiModel):
    audio: float | str | Unset = UNSET
    completion: float | str | Unset = UNSET
    image: float | str | Unset = UNSET
    prompt: float | str | Unset = UNSET
    request: float | str | Unset = UNSET

    _fields = Fields(
        ("audio", "audio", None),
        ("completion", "completion", None),
        ("image", "image", None),
        ("prompt", "prompt", None),
        ("request", "request", None),
    )
