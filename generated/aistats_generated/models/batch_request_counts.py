from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class BatchRequestCounts(ApiModel):
    completed: int
    failed: int
    total: int

    _fields = Fields(
        ("completed", "completed", None),
        ("failed", "failed", None),
        ("total", "total", None),
        promised=3,
    )
