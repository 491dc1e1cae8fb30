from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.pricing_line import PricingLine
    from ..models.request_meta import RequestMeta
    from ..models.usage import Usage


@model
class AudioTranslationResponse(ApiModel):
    text: str
    cost_cents: int | None = UNSET
    cost_nanos: int | None = UNSET
    currency: str | None = UNSET
    id: str | None = UNSET
    meta: RequestMeta | None = UNSET
    model: str | None = UNSET
    native_response_id: str | None = UNSET
    object: str | None = UNSET
    pricing_lines: list[PricingLine] | None = UNSET
    provider: str | None = UNSET
    request_id: str | None = UNSET
    usage: Usage | None = UNSET

    _fields = Fields(
        ("text", "text", None),
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
        ("usage", "usage", Ref("Usage")),
        promised=1,
    )
