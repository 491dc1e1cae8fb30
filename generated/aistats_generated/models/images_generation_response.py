from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.image import Image
    from ..models.pricing_line import PricingLine
    from ..models.request_meta import RequestMeta
    from ..models.usage import Usage


@model
class ImagesGenerationResponse(ApiModel):
    cost_cents: int
    cost_nanos: int
    created: int
    currency: str
    data: list[Image]
    meta: RequestMeta
    model: str
    pricing_lines: list[PricingLine]
    provider: str
    request_id: str
    usage: Usage
    id: str | None = UNSET
    native_response_id: str | None = UNSET
    object: str | None = UNSET

    _fields = Fields(
        ("cost_cents", "cost_cents", None),
        ("cost_nanos", "cost_nanos", None),
        ("created", "created", None),
        ("currency", "currency", None),
        ("data", "data", ListOf(Ref("Image"))),
        ("meta", "meta", Ref("RequestMeta")),
        ("model", "model", None),
        ("pricing_lines", "pricing_lines", ListOf(Ref("PricingLine"))),
        ("provider", "provider", None),
        ("request_id", "requestId", None),
        ("usage", "usage", Ref("Usage")),
        ("id", "id", None),
        ("native_response_id", "nativeResponseId", None),
        ("object", "object", None),
        promised=11,
    )
