"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

GatewayRoutingStatus = (
    Literal["active", "deranked_lvl1", "deranked_lvl2", "deranked_lvl3", "disabled"] | str
)
