from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.error_provider_candidate_diagnostics_dropped_missing_adapter_item import (
        ErrorProviderCandidateDiagnosticsDroppedMissingAdapterItem,
    )


@model
class ErrorProviderCandidateDiagnostics(ApiModel):
    candidate_count: int | None = UNSET
    dropped_missing_adapter: (
        list[ErrorProviderCandidateDiagnosticsDroppedMissingAdapterItem] | None
    ) = UNSET
    dropped_unsupported_endpoint: list[str] | None = UNSET
    supports_endpoint_count: int | None = UNSET
    total_providers: int | None = UNSET

    _fields = Fields(
        ("candidate_count", "candidateCount", None),
        (
            "dropped_missing_adapter",
            "droppedMissingAdapter",
            ListOf(Ref("ErrorProviderCandidateDiagnosticsDroppedMissingAdapterItem")),
        ),
        ("dropped_unsupported_endpoint", "droppedUnsupportedEndpoint", None),
        ("supports_endpoint_count", "supportsEndpointCount", None),
        ("total_providers", "totalProviders", None),
    )
