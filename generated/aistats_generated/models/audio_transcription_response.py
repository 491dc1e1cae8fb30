from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.pricing_line import PricingLine
    from ..models.request_meta import RequestMeta
    from ..models.usage import Usage


@model
class AudioTranscriptionResponse(ApiModel):
    cost_cents: int
    cost_nanos: int
    currency: str
    id: str
    meta: RequestMeta
    model: str
    object: str
    pricing_lines: list[PricingLine]
    provider: str
    request_id: str
    text: str
    usage: Usage
    native_response_id: str | None = UNSET

    _fields = Fields(
        ("cost_cents", "cost_cents", None),
        ("cost_nanos", "cost_nanos", None),
        ("currency", "currency", None),
        ("id", "id", None),
        ("meta", "meta", Ref("RequestMeta")),
        ("model", "model", None),
        ("object", "object", None),
        ("pricing_lines", "pricing_lines", ListOf(Ref("PricingLine"))),
        ("provider", "provider", None),
        ("request_id", "requestId", None),
        ("text", "text", None),
        ("usage", "usage", Ref("Usage")),
        ("native_response_id", "nativeResponseId", None),
        promised=12,
    )
