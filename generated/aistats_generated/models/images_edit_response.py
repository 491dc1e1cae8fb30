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
class ImagesEditResponse(ApiModel):
    created: int
    data: list[Image]
    model: str
    provider: str
    request_id: str
    usage: Usage
    cost_cents: int | None = UNSET
    cost_nanos: int | None = UNSET
    currency: str | None = UNSET
    id: str | None = UNSET
    meta: RequestMeta | None = UNSET
    native_response_id: str | None = UNSET
    object: str | None = UNSET
    pricing_lines: list[PricingLine] | None = UNSET

    _fields = Fields(
        ("created", "created", None),
        ("data", "data", ListOf(Ref("Image"))),
        ("model", "model", None),
        ("provider", "provider", None),
        ("request_id", "requestId", None),
        ("usage", "usage", Ref("Usage")),
        ("cost_cents", "cost_cents", None),
        ("cost_nanos", "cost_nanos", None),
        ("currency", "currency", None),
        ("id", "id", None),
        ("meta", "meta", Ref("RequestMeta")),
        ("native_response_id", "nativeResponseId", None),
        ("object", "object", None),
        ("pricing_lines", "pricing_lines", ListOf(Ref("PricingLine"))),
        promised=6,
    )
