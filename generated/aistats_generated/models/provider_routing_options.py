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
    from ..types import Unset


@model
class ProviderRoutingOptions(ApiModel):
    allow_fallbacks: bool | None | Unset = UNSET
    data_collection: None | ProviderRoutingOptionsDataCollection | Unset = UNSET
    enforce_distillable_text: bool | None | Unset = UNSET
    ignore: list[str] | Unset = UNSET
    include_alpha: bool | Unset = UNSET
    max_price: ProviderRoutingOptionsMaxPrice | Unset = UNSET
    only: list[str] | Unset = UNSET
    order: list[str] | Unset = UNSET
    preferred_max_latency: float | ProviderRoutingOptionsPreferredMaxLatencyType1 | Unset = UNSET
    preferred_min_throughput: float | ProviderRoutingOptionsPreferredMinThroughputType1 | Unset = (
        UNSET
    )
    quantizations: list[str] | None | Unset = UNSET
    require_parameters: bool | None | Unset = UNSET
    require_zero_data_retention: bool | None | Unset = UNSET
    required_data_region: None | str | Unset = UNSET
    required_execution_region: None | str | Unset = UNSET
    sort: Any | str | Unset = UNSET
    zdr: bool | None | Unset = UNSET

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
