from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.debug_options_trace_level import DebugOptionsTraceLevel


@model
class DebugOptions(ApiModel):
    enabled: bool | None = UNSET
    return_upstream_request: bool | None = UNSET
    return_upstream_response: bool | None = UNSET
    trace: bool | None = UNSET
    trace_level: DebugOptionsTraceLevel | None = UNSET

    _fields = Fields(
        ("enabled", "enabled", None),
        ("return_upstream_request", "return_upstream_request", None),
        ("return_upstream_response", "return_upstream_response", None),
        ("trace", "trace", None),
        ("trace_level", "trace_level", None),
    )
