from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class GenerationResponseUsage(ApiModel):
    completion_tokens: float | Unset = UNSET
    prompt_tokens: float | Unset = UNSET
    total_tokens: float | Unset = UNSET

    _fields = Fields(
        ("completion_tokens", "completion_tokens", None),
        ("prompt_tokens", "prompt_tokens", None),
        ("total_tokens", "total_tokens", None),
    )
