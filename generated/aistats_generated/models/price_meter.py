from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class PriceMeter(ApiModel):
    billing_timestamp_basis: str | Unset = UNSET
    conditions: list[Any] | Unset = UNSET
    currency: str | Unset = UNSET
    meter: str | Unset = UNSET
    price_per_unit: str | Unset = UNSET
    time_windows: list[Any] | Unset = UNSET
    unit: str | Unset = UNSET
    unit_size: float | Unset = UNSET

    _fields = Fields(
        ("billing_timestamp_basis", "billing_timestamp_basis", None),
        ("conditions", "conditions", None),
        ("currency", "currency", None),
        ("meter", "meter", None),
        ("price_per_unit", "price_per_unit", None),
        ("time_windows", "time_windows", None),
        ("unit", "unit", None),
        ("unit_size", "unit_size", None),
    )
