"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

ErrorProviderFailureDiagnosticsCategory = (
    Literal[
        "credentials_invalid_or_forbidden",
        "credentials_not_configured",
        "model_unavailable_for_endpoint",
        "provider_access_missing",
        "rate_limited",
        "region_or_project_restriction",
        "server_error",
    ]
    | str
)
