from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class RequestMeta(ApiModel):
    end_to_end_ms: float | None = UNSET
    gateway_ttft_ms: float | None = UNSET
    generation_ms: float | None = UNSET
    itl_ms: float | None = UNSET
    latency_ms: float | None = UNSET
    output_speed_tps: float | None = UNSET
    phaseo_overhead_ms: float | None = UNSET
    provider_ttft_ms: float | None = UNSET
    routing: Any = UNSET
    throughput_tps: float | None = UNSET
    tpot_ms: float | None = UNSET

    _fields = Fields(
        ("end_to_end_ms", "end_to_end_ms", None),
        ("gateway_ttft_ms", "gateway_ttft_ms", None),
        ("generation_ms", "generation_ms", None),
        ("itl_ms", "itl_ms", None),
        ("latency_ms", "latency_ms", None),
        ("output_speed_tps", "output_speed_tps", None),
        ("phaseo_overhead_ms", "phaseo_overhead_ms", None),
        ("provider_ttft_ms", "provider_ttft_ms", None),
        ("routing", "routing", None),
        ("throughput_tps", "throughput_tps", None),
        ("tpot_ms", "tpot_ms", None),
    )
