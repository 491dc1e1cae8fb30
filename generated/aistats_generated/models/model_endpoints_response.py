from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.gateway_modalities import GatewayModalities
    from ..models.gateway_model_organization import GatewayModelOrganization
    from ..models.model_endpoint_capability import ModelEndpointCapability
    from ..models.model_endpoints_response_availability_mode import (
        ModelEndpointsResponseAvailabilityMode,
    )


@model
class ModelEndpointsResponse(ApiModel):
    availability_mode: ModelEndpointsResponseAvailabilityMode
    description: str
    endpoints: list[ModelEndpointCapability]
    id: str
    modalities: GatewayModalities
    name: str
    ok: bool
    organization: GatewayModelOrganization | None

    _fields = Fields(
        ("availability_mode", "availability_mode", None),
        ("description", "description", None),
        ("endpoints", "endpoints", ListOf(Ref("ModelEndpointCapability"))),
        ("id", "id", None),
        ("modalities", "modalities", Ref("GatewayModalities")),
        ("name", "name", None),
        ("ok", "ok", None),
        ("organization", "organization", Ref("GatewayModelOrganization")),
        promised=7,
    )
