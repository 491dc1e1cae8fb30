from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.model_availability_status import ModelAvailabilityStatus


@model
class ModelAvailability(ApiModel):
    active_provider_count: int
    coming_soon_provider_count: int
    inactive_provider_count: int
    provider_count: int
    status: ModelAvailabilityStatus

    _fields = Fields(
        ("active_provider_count", "active_provider_count", None),
        ("coming_soon_provider_count", "coming_soon_provider_count", None),
        ("inactive_provider_count", "inactive_provider_count", None),
        ("provider_count", "provider_count", None),
        ("status", "status", None),
        promised=5,
    )
