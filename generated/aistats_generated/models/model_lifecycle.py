from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.model_lifecycle_status import ModelLifecycleStatus
    from ..types import Unset


@model
class ModelLifecycle(ApiModel):
    deprecation_date: None | str | Unset = UNSET
    message: None | str | Unset = UNSET
    replacement_model_id: None | str | Unset = UNSET
    retirement_date: None | str | Unset = UNSET
    status: ModelLifecycleStatus | None | Unset = UNSET

    _fields = Fields(
        ("deprecation_date", "deprecation_date", None),
        ("message", "message", None),
        ("replacement_model_id", "replacement_model_id", None),
        ("retirement_date", "retirement_date", None),
        ("status", "status", None),
    )
