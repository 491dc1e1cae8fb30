from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class ErrorRoutingDiagnosticsFilterStagesItemDroppedProvidersItem(ApiModel):
    provider_id: None | str | Unset = UNSET
    reason: None | str | Unset = UNSET

    _fields = Fields(("provider_id", "providerId", None), ("reason", "reason", None))
