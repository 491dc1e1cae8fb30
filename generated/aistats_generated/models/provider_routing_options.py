from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.provider_routing_options_data_collection import (
        ProviderRoutingOptionsDataCollection,
    )
    from ..models.provider_routing_options_max_price import ProviderRoutingOptionsMaxPrice
    from ..models.provider_routing_options_preferred_max_latency_type_1 import (
        ProviderRoutingOptionsPreferredMaxLatencyType1,
    )
    from ..models.provider_routing_options_preferred_min_throughput_type_1 import (
        ProviderRoutingOptionsPreferredMinThroughputType1,
    )


@model
class ProviderRoutingOptions(ApiModel):
    allow_fallbacks: bool | None = UNSET
    data_collection: ProviderRoutingOptionsDataCollection | None = UNSET
    enforce_distillable_text: bool | None = UNSET
    ignore: list[str] | None = UNSET
    include_alpha: bool | None = UNSET
    max_price: ProviderRoutingOptionsMaxPrice | None = UNSET
    only: list[str] | None = UNSET
    order: list[str] | None = UNSET
    preferred_max_latency: float | ProviderRoutingOptionsPreferredMaxLatencyType1 | None = UNSET
    preferred_min_throughput: float | ProviderRoutingOptionsPreferredMinThroughputType1 | None = (
        UNSET
    )
    quantizations: list[str] | None = UNSET
    require_parameters: bool | None = UNSET
    require_zero_data_retention: bool | None = UNSET
    required_data_region: str | None = UNSET
    required_execution_region: str | None = UNSET
    sort: Any | str = UNSET
    zdr: bool | None = UNSET

    _fields = Fields(
        ("allow_fallbacks", "allow_fallbacks", None),
        ("data_collection", "data_collection", None),
        ("enforce_distillable_text", "enforce_distillable_text", None),
        ("ignore", "ignore", None),
        ("include_alpha", "include_alpha", None),
        ("max_price", "max_price", Ref("ProviderRoutingOptionsMaxPrice")),
        ("only", "only", None),
        ("order", "order", None),
        (
            "preferred_max_latency",
            "preferred_max_latency",
            Ref("ProviderRoutingOptionsPreferredMaxLatencyType1"),
        ),
        (
            "preferred_min_throughput",
            "preferred_min_throughput",
            Ref("ProviderRoutingOptionsPreferredMinThroughputType1"),
        ),
        ("quantizations", "quantizations", None),
        ("require_parameters", "require_parameters", None),
        ("require_zero_data_retention", "require_zero_data_retention", None),
        ("required_data_region", "required_data_region", None),
        ("required_execution_region", "required_execution_region", None),
        ("sort", "sort", None),
        ("zdr", "zdr", None),
    )
