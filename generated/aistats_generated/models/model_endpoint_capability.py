from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.gateway_capabilities import GatewayCapabilities
    from ..models.gateway_modalities import GatewayModalities
    from ..models.gateway_pricing import GatewayPricing
    from ..models.gateway_provider_availability_reason import GatewayProviderAvailabilityReason
    from ..models.model_endpoint_capability_collection import ModelEndpointCapabilityCollection
    from ..models.model_endpoint_capability_effective import ModelEndpointCapabilityEffective
    from ..models.model_endpoint_capability_provider import ModelEndpointCapabilityProvider
    from ..models.model_endpoint_capability_routing import ModelEndpointCapabilityRouting
    from ..models.model_endpoint_capability_status import ModelEndpointCapabilityStatus


@model
class ModelEndpointCapability(ApiModel):
    capabilities: GatewayCapabilities
    capability_id: str
    collection: ModelEndpointCapabilityCollection
    effective: ModelEndpointCapabilityEffective
    endpoint: str
    id: str
    modalities: GatewayModalities
    pricing: GatewayPricing
    provider: ModelEndpointCapabilityProvider
    public_path: str
    routable: bool
    routing: ModelEndpointCapabilityRouting
    status: ModelEndpointCapabilityStatus
    status_reason: GatewayProviderAvailabilityReason
    model: str | None

    _fields = Fields(
        ("capabilities", "capabilities", Ref("GatewayCapabilities")),
        ("capability_id", "capability_id", None),
        ("collection", "collection", None),
        ("effective", "effective", Ref("ModelEndpointCapabilityEffective")),
        ("endpoint", "endpoint", None),
        ("id", "id", None),
        ("modalities", "modalities", Ref("GatewayModalities")),
        ("pricing", "pricing", Ref("GatewayPricing")),
        ("provider", "provider", Ref("ModelEndpointCapabilityProvider")),
        ("public_path", "public_path", None),
        ("routable", "routable", None),
        ("routing", "routing", Ref("ModelEndpointCapabilityRouting")),
        ("status", "status", None),
        ("status_reason", "status_reason", None),
        ("model", "model", None),
        promised=14,
    )
