from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.error_failure_sample_item import ErrorFailureSampleItem
    from ..models.error_provider_candidate_diagnostics import ErrorProviderCandidateDiagnostics
    from ..models.error_provider_enablement_diagnostics import ErrorProviderEnablementDiagnostics
    from ..models.error_provider_failure_diagnostics import ErrorProviderFailureDiagnostics
    from ..models.error_response_error_origin import ErrorResponseErrorOrigin
    from ..models.error_response_error_type import ErrorResponseErrorType
    from ..models.error_routing_diagnostics import ErrorRoutingDiagnostics
    from ..models.error_upstream_error import ErrorUpstreamError


@model
class ErrorResponse(ApiModel):
    error: Any | str
    attempt_count: int | None = UNSET
    batch_id: str | None = UNSET
    description: str | None = UNSET
    details: list[Any] | None = UNSET
    error_operational_kind: str | None = UNSET
    error_origin: ErrorResponseErrorOrigin | None = UNSET
    error_type: ErrorResponseErrorType | None = UNSET
    failed_providers: list[str] | None = UNSET
    failed_statuses: list[int] | None = UNSET
    failure_sample: list[ErrorFailureSampleItem] | None = UNSET
    feature: str | None = UNSET
    feature_gate: str | None = UNSET
    generation_id: str | None = UNSET
    max_offset: int | None = UNSET
    message: str | None = UNSET
    missing_pricing_providers: list[str] | None = UNSET
    ok: bool | None = UNSET
    provider: str | None = UNSET
    provider_candidate_diagnostics: ErrorProviderCandidateDiagnostics | None = UNSET
    provider_enablement: ErrorProviderEnablementDiagnostics | None = UNSET
    provider_failure_diagnostics: ErrorProviderFailureDiagnostics | None = UNSET
    provider_payment_required_provider: str | None = UNSET
    provider_payment_required_support_notice: str | None = UNSET
    reason: str | None = UNSET
    requestId: str | None = UNSET
    request_id: str | None = UNSET
    reset_at: Any = UNSET
    routing_diagnostics: ErrorRoutingDiagnostics | None = UNSET
    status: str | None = UNSET
    status_code: int | None = UNSET
    upstreamStatus: int | None = UNSET
    upstream_body_preview: str | None = UNSET
    upstream_error: ErrorUpstreamError | None = UNSET
    upstream_status: int | None = UNSET
    upstream_status_text: str | None = UNSET
    video_id: str | None = UNSET
    workspace_id: str | None = UNSET

    _fields = Fields(
        ("error", "error", None),
        ("attempt_count", "attempt_count", None),
        ("batch_id", "batch_id", None),
        ("description", "description", None),
        ("details", "details", None),
        ("error_operational_kind", "error_operational_kind", None),
        ("error_origin", "error_origin", None),
        ("error_type", "error_type", None),
        ("failed_providers", "failed_providers", None),
        ("failed_statuses", "failed_statuses", None),
        ("failure_sample", "failure_sample", ListOf(Ref("ErrorFailureSampleItem"))),
        ("feature", "feature", None),
        ("feature_gate", "feature_gate", None),
        ("generation_id", "generation_id", None),
        ("max_offset", "max_offset", None),
        ("message", "message", None),
        ("missing_pricing_providers", "missing_pricing_providers", None),
        ("ok", "ok", None),
        ("provider", "provider", None),
        (
            "provider_candidate_diagnostics",
            "provider_candidate_diagnostics",
            Ref("ErrorProviderCandidateDiagnostics"),
        ),
        ("provider_enablement", "provider_enablement", Ref("ErrorProviderEnablementDiagnostics")),
        (
            "provider_failure_diagnostics",
            "provider_failure_diagnostics",
            Ref("ErrorProviderFailureDiagnostics"),
        ),
        ("provider_payment_required_provider", "provider_payment_required_provider", None),
        (
            "provider_payment_required_support_notice",
            "provider_payment_required_support_notice",
            None,
        ),
        ("reason", "reason", None),
        ("requestId", "requestId", None),
        ("request_id", "request_id", None),
        ("reset_at", "reset_at", None),
        ("routing_diagnostics", "routing_diagnostics", Ref("ErrorRoutingDiagnostics")),
        ("status", "status", None),
        ("status_code", "status_code", None),
        ("upstreamStatus", "upstreamStatus", None),
        ("upstream_body_preview", "upstream_body_preview", None),
        ("upstream_error", "upstream_error", Ref("ErrorUpstreamError")),
        ("upstream_status", "upstream_status", None),
        ("upstream_status_text", "upstream_status_text", None),
        ("video_id", "video_id", None),
        ("workspace_id", "workspace_id", None),
    )
