from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_provider_capability_endpoints_item import (
        BatchProviderCapabilityEndpointsItem,
    )
    from ..models.batch_provider_capability_gateway_input_modes_item import (
        BatchProviderCapabilityGatewayInputModesItem,
    )
    from ..models.batch_provider_capability_native_input_modes_item import (
        BatchProviderCapabilityNativeInputModesItem,
    )
    from ..models.batch_provider_capability_status import BatchProviderCapabilityStatus


@model
class BatchProviderCapability(ApiModel):
    documentation_url: str
    endpoints: list[BatchProviderCapabilityEndpointsItem]
    gateway_input_modes: list[BatchProviderCapabilityGatewayInputModesItem]
    id: str
    name: str
    native_input_modes: list[BatchProviderCapabilityNativeInputModesItem]
    status: BatchProviderCapabilityStatus
    notes: str | None = UNSET

    _fields = Fields(
        ("documentation_url", "documentation_url", None),
        ("endpoints", "endpoints", ListOf(Ref("BatchProviderCapabilityEndpointsItem"))),
        ("gateway_input_modes", "gateway_input_modes", None),
        ("id", "id", None),
        ("name", "name", None),
        ("native_input_modes", "native_input_modes", None),
        ("status", "status", None),
        ("notes", "notes", None),
        promised=7,
    )
