from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class BatchRequestCounts(ApiModel):
    completed: int | Unset = UNSET
    failed: int | Unset = UNSET
    total: int | Unset = UNSET

    _fields = Fields(
        ("completed", "completed", None), ("failed", "failed", None), ("total", "total", None)
    )
