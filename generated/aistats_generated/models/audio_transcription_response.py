from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.pricing_line import PricingLine
    from ..models.request_meta import RequestMeta
    from ..models.usage import Usage
    from ..types import Unset


@model
class AudioTranscriptionResponse(ApiModel):
    cost_cents: int | Unset = UNSET
    cost_nanos: int | Unset = UNSET
    currency: str | Unset = UNSET
    id: str | Unset = UNSET
    meta: RequestMeta | Unset = UNSET
    model: str | Unset = UNSET
    native_response_id: None | str | Unset = UNSET
    object: str | Unset = UNSET
    pricing_lines: list[PricingLine] | Unset = UNSET
    provider: str | Unset = UNSET
    request_id: str | Unset = UNSET
    text: str | Unset = UNSET
    usage: Usage | Unset = UNSET

    _fields = Fields(
        ("cost_cents", "cost_cents", None),
        ("cost_nanos", "cost_nanos", None),
        ("currency", "currency", None),
        ("id", "id", None),
        ("meta", "meta", Ref("RequestMeta")),
        ("model", "model", None),
        ("native_response_id", "nativeResponseId", None),
        ("object", "object", None),
        ("pricing_lines", "pricing_lines", ListOf(Ref("PricingLine"))),
        ("provider", "provider", None),
        ("request_id", "requestId", None),
        ("text", "text", None),
        ("usage", "usage", Ref("Usage")),
    )
