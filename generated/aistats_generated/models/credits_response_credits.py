from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class CreditsResponseCredits(ApiModel):
    available_nanos: int
    balance_nanos: int
    remaining: int
    reserved_nanos: int
    thirty_day_requests: int
    thirty_day_usage: int | None

    _fields = Fields(
        ("available_nanos", "available_nanos", None),
        ("balance_nanos", "balance_nanos", None),
        ("remaining", "remaining", None),
        ("reserved_nanos", "reserved_nanos", None),
        ("thirty_day_requests", "thirty_day_requests", None),
        ("thirty_day_usage", "thirty_day_usage", None),
        promised=5,
    )
