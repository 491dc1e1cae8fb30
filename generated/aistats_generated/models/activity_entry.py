from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ..codec import DATE
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ActivityEntry(ApiModel):
    byok_usage_inference: float
    completion_tokens: int
    date: datetime.date
    endpoint_id: str
    model: str
    model_permaslug: str
    prompt_tokens: int
    provider_name: str
    reasoning_tokens: int
    requests: int
    usage: float

    _fields = Fields(
        ("byok_usage_inference", "byok_usage_inference", None),
        ("completion_tokens", "completion_tokens", None),
        ("date", "date", DATE),
        ("endpoint_id", "endpoint_id", None),
        ("model", "model", None),
        ("model_permaslug", "model_permaslug", None),
        ("prompt_tokens", "prompt_tokens", None),
        ("provider_name", "provider_name", None),
        ("reasoning_tokens", "reasoning_tokens", None),
        ("requests", "requests", None),
        ("usage", "usage", None),
        promised=11,
    )
