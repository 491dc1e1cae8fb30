from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.error_routing_diagnostics_filter_stages_item_dropped_providers_item import (
        ErrorRoutingDiagnosticsFilterStagesItemDroppedProvidersItem,
    )


@model
class ErrorRoutingDiagnosticsFilterStagesItem(ApiModel):
    after_count: int | None = UNSET
    before_count: int | None = UNSET
    dropped_providers: list[ErrorRoutingDiagnosticsFilterStagesItemDroppedProvidersItem] | None = (
        UNSET
    )
    stage: str | None = UNSET

    _fields = Fields(
        ("after_count", "afterCount", None),
        ("before_count", "beforeCount", None),
        (
            "dropped_providers",
            "droppedProviders",
            ListOf(Ref("ErrorRoutingDiagnosticsFilterStagesItemDroppedProvidersItem")),
        ),
        ("stage", "stage", None),
    )
