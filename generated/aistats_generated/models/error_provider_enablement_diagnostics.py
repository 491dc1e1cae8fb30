from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.error_provider_enablement_diagnostics_dropped_item import (
        ErrorProviderEnablementDiagnosticsDroppedItem,
    )


@model
class ErrorProviderEnablementDiagnostics(ApiModel):
    capability: str | None = UNSET
    dropped: list[ErrorProviderEnablementDiagnosticsDroppedItem] | None = UNSET
    providers_after: list[str] | None = UNSET
    providers_before: list[str] | None = UNSET

    _fields = Fields(
        ("capability", "capability", None),
        ("dropped", "dropped", ListOf(Ref("ErrorProviderEnablementDiagnosticsDroppedItem"))),
        ("providers_after", "providersAfter", None),
        ("providers_before", "providersBefore", None),
    )
