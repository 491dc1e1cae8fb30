from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from ..codec import DATE_TIME
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class WorkspaceActivityEntry(ApiModel):
    cost_cents: float
    endpoint: str | None
    latency_ms: int | None
    model: str | None
    provider: str | None
    request_id: str | None
    timestamp: datetime.datetime | None
    usage: Any

    _fields = Fields(
        ("cost_cents", "cost_cents", None),
        ("endpoint", "endpoint", None),
        ("latency_ms", "latency_ms", None),
        ("model", "model", None),
        ("provider", "provider", None),
        ("request_id", "request_id", None),
        ("timestamp", "timestamp", DATE_TIME),
        ("usage", "usage", None),
        promised=1,
    )
