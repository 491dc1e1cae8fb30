from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class ErrorProviderCandidateDiagnosticsDroppedMissingAdapterItem(ApiModel):
    endpoint: None | str | Unset = UNSET
    provider_id: None | str | Unset = UNSET

    _fields = Fields(("endpoint", "endpoint", None), ("provider_id", "providerId", None))
