from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.gateway_capabilities import GatewayCapabilities
    from ..models.gateway_modalities import GatewayModalities
    from ..models.gateway_model_offer_effective import GatewayModelOfferEffective
    from ..models.gateway_model_offer_provider import GatewayModelOfferProvider
    from ..models.gateway_model_offer_routing import GatewayModelOfferRouting
    from ..models.gateway_model_offer_status import GatewayModelOfferStatus
    from ..models.gateway_pricing import GatewayPricing
    from ..models.gateway_provider_availability_reason import GatewayProviderAvailabilityReason


@model
class GatewayModelOffer(ApiModel):
    capabilities: GatewayCapabilities
    effective: GatewayModelOfferEffective
    endpoints: list[str]
    modalities: GatewayModalities
    pricing: GatewayPricing
    provider: GatewayModelOfferProvider
    routable: bool
    routing: GatewayModelOfferRouting
    status: GatewayModelOfferStatus
    status_reason: GatewayProviderAvailabilityReason
    model: str | None

    _fields = Fields(
        ("capabilities", "capabilities", Ref("GatewayCapabilities")),
        ("effective", "effective", Ref("GatewayModelOfferEffective")),
        ("endpoints", "endpoints", None),
        ("modalities", "modalities", Ref("GatewayModalities")),
        ("pricing", "pricing", Ref("GatewayPricing")),
        ("provider", "provider", Ref("GatewayModelOfferProvider")),
        ("routable", "routable", None),
        ("routing", "routing", Ref("GatewayModelOfferRouting")),
        ("status", "status", None),
        ("status_reason", "status_reason", None),
        ("model", "model", None),
        promised=10,
    )
