from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.workspace_activity_entry import WorkspaceActivityEntry


@model
class WorkspaceActivityResponse(ApiModel):
    activity: list[WorkspaceActivityEntry]
    limit: int
    offset: int
    ok: bool
    period_days: int
    total: int
    total_cost_cents: float

    _fields = Fields(
        ("activity", "activity", ListOf(Ref("WorkspaceActivityEntry"))),
        ("limit", "limit", None),
        ("offset", "offset", None),
        ("ok", "ok", None),
        ("period_days", "period_days", None),
        ("total", "total", None),
        ("total_cost_cents", "total_cost_cents", None),
        promised=7,
    )
