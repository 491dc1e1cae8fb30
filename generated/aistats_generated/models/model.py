from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.gateway_capabilities import GatewayCapabilities
    from ..models.gateway_modalities import GatewayModalities
    from ..models.gateway_model_lifecycle import GatewayModelLifecycle
    from ..models.gateway_model_limits import GatewayModelLimits
    from ..models.gateway_model_offer import GatewayModelOffer
    from ..models.gateway_model_organization import GatewayModelOrganization
    from ..models.gateway_pricing import GatewayPricing
    from ..models.model_availability import ModelAvailability
    from ..models.model_variants import ModelVariants


@model
class Model(ApiModel):
    aliases: list[str]
    availability: ModelAvailability
    base_model_id: str
    capabilities: GatewayCapabilities
    description: str
    id: str
    lifecycle: GatewayModelLifecycle
    limits: GatewayModelLimits
    modalities: GatewayModalities
    name: str
    offers: list[GatewayModelOffer]
    pricing: GatewayPricing
    variant: str
    variants: ModelVariants
    organization: GatewayModelOrganization | None

    _fields = Fields(
        ("aliases", "aliases", None),
        ("availability", "availability", Ref("ModelAvailability")),
        ("base_model_id", "base_model_id", None),
        ("capabilities", "capabilities", Ref("GatewayCapabilities")),
        ("description", "description", None),
        ("id", "id", None),
        ("lifecycle", "lifecycle", Ref("GatewayModelLifecycle")),
        ("limits", "limits", Ref("GatewayModelLimits")),
        ("modalities", "modalities", Ref("GatewayModalities")),
        ("name", "name", None),
        ("offers", "offers", ListOf(Ref("GatewayModelOffer"))),
        ("pricing", "pricing", Ref("GatewayPricing")),
        ("variant", "variant", None),
        ("variants", "variants", Ref("ModelVariants")),
        ("organization", "organization", Ref("GatewayModelOrganization")),
        promised=14,
    )
