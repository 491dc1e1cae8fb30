from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.error_routing_diagnostics_filter_stages_item import (
        ErrorRoutingDiagnosticsFilterStagesItem,
    )


@model
class ErrorRoutingDiagnostics(ApiModel):
    filter_stages: list[ErrorRoutingDiagnosticsFilterStagesItem] | None = UNSET

    _fields = Fields(
        ("filter_stages", "filterStages", ListOf(Ref("ErrorRoutingDiagnosticsFilterStagesItem")))
    )
