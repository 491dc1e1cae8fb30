from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.provider_options_openai_context_management_type import (
        ProviderOptionsOpenaiContextManagementType,
    )


@model
class ProviderOptionsOpenaiContextManagement(ApiModel):
    type: ProviderOptionsOpenaiContextManagementType
    compact_threshold: float | None = UNSET

    _fields = Fields(
        ("type", "type", None), ("compact_threshold", "compact_threshold", None), promised=1
    )
