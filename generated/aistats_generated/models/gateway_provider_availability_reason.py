"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

GatewayProviderAvailabilityReason = (
    Literal[
        "access_limited",
        "active",
        "capability_disabled",
        "coming_soon",
        "deranked_lvl1",
        "deranked_lvl2",
        "deranked_lvl3",
        "gated",
        "inactive",
        "internal_testing",
        "model_disabled",
        "paused",
        "preview_only",
        "project_limited",
        "provider_disabled",
        "provider_inactive",
        "provider_not_ready",
        "region_limited",
        "retired",
        "scheduled",
        "soft_blocked",
    ]
    | str
)
