from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.gateway_capability_status import GatewayCapabilityStatus
    from ..models.gateway_provider_availability_reason import GatewayProviderAvailabilityReason
    from ..models.gateway_routing_status import GatewayRoutingStatus
    from ..models.seed_era_model_provider_availability_status import (
        SeedEraModelProviderAvailabilityStatus,
    )
    from ..models.seed_era_model_provider_provider_status import SeedEraModelProviderProviderStatus


@model
class SeedEraModelProvider(ApiModel):
    api_provider_id: str
    availability_reason: GatewayProviderAvailabilityReason
    availability_status: SeedEraModelProviderAvailabilityStatus
    capability_status: GatewayCapabilityStatus
    endpoints: list[str]
    is_active_gateway: bool
    model_routing_status: GatewayRoutingStatus
    params: list[str]
    provider_routing_status: GatewayRoutingStatus
    provider_status: SeedEraModelProviderProviderStatus
    api_provider_name: str | None = UNSET
    effective_from: str | None = UNSET
    effective_to: str | None = UNSET

    _fields = Fields(
        ("api_provider_id", "api_provider_id", None),
        ("availability_reason", "availability_reason", None),
        ("availability_status", "availability_status", None),
        ("capability_status", "capability_status", None),
        ("endpoints", "endpoints", None),
        ("is_active_gateway", "is_active_gateway", None),
        ("model_routing_status", "model_routing_status", None),
        ("params", "params", None),
        ("provider_routing_status", "provider_routing_status", None),
        ("provider_status", "provider_status", None),
        ("api_provider_name", "api_provider_name", None),
        ("effective_from", "effective_from", None),
        ("effective_to", "effective_to", None),
        promised=10,
    )
