"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

GatewayCapabilityStatus = (
    Literal[
        "active",
        "coming_soon",
        "deranked_lvl1",
        "deranked_lvl2",
        "deranked_lvl3",
        "disabled",
        "internal_testing",
    ]
    | str
)
