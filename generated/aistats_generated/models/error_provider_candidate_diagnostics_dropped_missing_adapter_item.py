from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ErrorProviderCandidateDiagnosticsDroppedMissingAdapterItem(ApiModel):
    endpoint: str | None = UNSET
    provider_id: str | None = UNSET

    _fields = Fields(("endpoint", "endpoint", None), ("provider_id", "providerId", None))
