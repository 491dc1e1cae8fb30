from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.debug_options_trace_level import DebugOptionsTraceLevel
    from ..types import Unset


@model
class DebugOptions(ApiModel):
    enabled: bool | Unset = UNSET
    return_upstream_request: bool | Unset = UNSET
    return_upstream_response: bool | Unset = UNSET
    trace: bool | Unset = UNSET
    trace_level: DebugOptionsTraceLevel | Unset = UNSET

    _fields = Fields(
        ("enabled", "enabled", None),
        ("return_upstream_request", "return_upstream_request", None),
        ("return_upstream_response", "return_upstream_response", None),
        ("trace", "trace", None),
        ("trace_level", "trace_level", None),
    )
