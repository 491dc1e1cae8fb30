from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class SeedEraModelTopProvider(ApiModel):
    context_length: int | None = UNSET
    is_moderated: bool | None = UNSET
    max_completion_tokens: int | None = UNSET

    _fields = Fields(
        ("context_length", "context_length", None),
        ("is_moderated", "is_moderated", None),
        ("max_completion_tokens", "max_completion_tokens", None),
    )
