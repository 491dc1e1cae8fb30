from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class GenerationResponseUsage(ApiModel):
    total_tokens: float
    completion_tokens: float | None = UNSET
    prompt_tokens: float | None = UNSET

    _fields = Fields(
        ("total_tokens", "total_tokens", None),
        ("completion_tokens", "completion_tokens", None),
        ("prompt_tokens", "prompt_tokens", None),
        promised=1,
    )
