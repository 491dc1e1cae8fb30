"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

SeedEraModelProviderProviderStatus = (
    Literal[
        "access_limited",
        "active",
        "alpha",
        "beta",
        "gated",
        "not_ready",
        "paused",
        "project_limited",
        "region_limited",
        "soft_blocked",
    ]
    | str
)
