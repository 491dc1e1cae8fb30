from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.gateway_model_lifecycle_status import GatewayModelLifecycleStatus


@model
class GatewayModelLifecycle(ApiModel):
    deprecated_at: str | None
    message: str | None
    released_at: str | None
    replacement_id: str | None
    retires_at: str | None
    status: GatewayModelLifecycleStatus | None

    _fields = Fields(
        ("deprecated_at", "deprecated_at", None),
        ("message", "message", None),
        ("released_at", "released_at", None),
        ("replacement_id", "replacement_id", None),
        ("retires_at", "retires_at", None),
        ("status", "status", None),
    )
