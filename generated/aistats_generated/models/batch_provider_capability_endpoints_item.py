from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_provider_capability_endpoints_item_mode import (
        BatchProviderCapabilityEndpointsItemMode,
    )


@model
class BatchProviderCapabilityEndpointsItem(ApiModel):
    endpoint: str
    mode: BatchProviderCapabilityEndpointsItemMode

    _fields = Fields(("endpoint", "endpoint", None), ("mode", "mode", None), promised=2)
