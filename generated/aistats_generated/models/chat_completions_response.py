from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.chat_choice import ChatChoice
    from ..models.pricing_line import PricingLine
    from ..models.request_meta import RequestMeta
    from ..models.usage import Usage
    from ..types import Unset


@model
class ChatCompletionsResponse(ApiModel):
    choices: list[ChatChoice] | Unset = UNSET
    cost_cents: int | Unset = UNSET
    cost_nanos: int | Unset = UNSET
    created: int | Unset = UNSET
    currency: str | Unset = UNSET
    id: str | Unset = UNSET
    meta: RequestMeta | Unset = UNSET
    model: str | Unset = UNSET
    native_response_id: None | str | Unset = UNSET
    object: str | Unset = UNSET
    pricing_lines: list[PricingLine] | Unset = UNSET
    provider: str | Unset = UNSET
    provider_id: str | Unset = UNSET
    service_tier: None | str | Unset = UNSET
    system_fingerprint: None | str | Unset = UNSET
    usage: Usage | Unset = UNSET

    _fields = Fields(
        ("choices", "choices", ListOf(Ref("ChatChoice"))),
        ("cost_cents", "cost_cents", None),
        ("cost_nanos", "cost_nanos", None),
        ("created", "created", None),
        ("currency", "currency", None),
        ("id", "id", None),
        ("meta", "meta", Ref("RequestMeta")),
        ("model", "model", None),
        ("native_response_id", "nativeResponseId", None),
        ("object", "object", None),
        ("pricing_lines", "pricing_lines", ListOf(Ref("PricingLine"))),
        ("provider", "provider", None),
        ("provider_id", "provider_id", None),
        ("service_tier", "service_tier", None),
        ("system_fingerprint", "system_fingerprint", None),
        ("usage", "usage", Ref("Usage")),
    )
