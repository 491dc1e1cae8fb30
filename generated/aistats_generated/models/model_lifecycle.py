from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.model_lifecycle_status import ModelLifecycleStatus


@model
class ModelLifecycle(ApiModel):
    deprecation_date: str | None = UNSET
    message: str | None = UNSET
    replacement_model_id: str | None = UNSET
    retirement_date: str | None = UNSET
    status: ModelLifecycleStatus | None = UNSET

    _fields = Fields(
        ("deprecation_date", "deprecation_date", None),
        ("message", "message", None),
        ("replacement_model_id", "replacement_model_id", None),
        ("retirement_date", "retirement_date", None),
        ("status", "status", None),
    )
