from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ErrorProviderEnablementDiagnosticsDroppedItem(ApiModel):
    provider_id: str | None = UNSET
    reason: str | None = UNSET

    _fields = Fields(("provider_id", "providerId", None), ("reason", "reason", None))
