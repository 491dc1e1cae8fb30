from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class PriceMeter(ApiModel):
    billing_timestamp_basis: str
    conditions: list[Any]
    currency: str
    meter: str
    price_per_unit: str
    time_windows: list[Any]
    unit: str
    unit_size: float

    _fields = Fields(
        ("billing_timestamp_basis", "billing_timestamp_basis", None),
        ("conditions", "conditions", None),
        ("currency", "currency", None),
        ("meter", "meter", None),
        ("price_per_unit", "price_per_unit", None),
        ("time_windows", "time_windows", None),
        ("unit", "unit", None),
        ("unit_size", "unit_size", None),
        promised=8,
    )
