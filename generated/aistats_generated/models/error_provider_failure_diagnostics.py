from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.error_provider_failure_diagnostics_category import (
        ErrorProviderFailureDiagnosticsCategory,
    )


@model
class ErrorProviderFailureDiagnostics(ApiModel):
    category: ErrorProviderFailureDiagnosticsCategory | None = UNSET
    hint: str | None = UNSET
    provider: str | None = UNSET

    _fields = Fields(
        ("category", "category", None), ("hint", "hint", None), ("provider", "provider", None)
    )
