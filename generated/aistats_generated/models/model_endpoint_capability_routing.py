from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.gateway_capability_status import GatewayCapabilityStatus
    from ..models.gateway_routing_status import GatewayRoutingStatus


@model
class ModelEndpointCapabilityRouting(ApiModel):
    capability: GatewayCapabilityStatus
    model: GatewayRoutingStatus
    provider: GatewayRoutingStatus

    _fields = Fields(
        ("capability", "capability", None),
        ("model", "model", None),
        ("provider", "provider", None),
        promised=3,
    )
