from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.provider_options_openai_context_management import (
        ProviderOptionsOpenaiContextManagement,
    )


@model
class ProviderOptionsOpenai(ApiModel):
    context_management: ProviderOptionsOpenaiContextManagement | None = UNSET
    prompt_cache_retention: str | None = UNSET

    _fields = Fields(
        ("context_management", "context_management", Ref("ProviderOptionsOpenaiContextManagement")),
        ("prompt_cache_retention", "prompt_cache_retention", None),
    )
