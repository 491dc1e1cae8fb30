from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.chat_choice import ChatChoice
    from ..models.chat_usage import ChatUsage
    from ..models.pricing_line import PricingLine
    from ..models.request_meta import RequestMeta


@model
class ChatCompletionsResponse(ApiModel):
    choices: list[ChatChoice]
    created: int
    id: str
    model: str
    object: str
    usage: ChatUsage
    cost_cents: int | None = UNSET
    cost_nanos: int | None = UNSET
    currency: str | None = UNSET
    meta: RequestMeta | None = UNSET
    native_response_id: str | None = UNSET
    pricing_lines: list[PricingLine] | None = UNSET
    provider: str | None = UNSET
    provider_id: str | None = UNSET
    routing_diagnostics: Any = UNSET
    service_tier: str | None = UNSET
    system_fingerprint: str | None = UNSET
    upstream_request: Any = UNSET

    _fields = Fields(
        ("choices", "choices", ListOf(Ref("ChatChoice"))),
        ("created", "created", None),
        ("id", "id", None),
        ("model", "model", None),
        ("object", "object", None),
        ("usage", "usage", Ref("ChatUsage")),
        ("cost_cents", "cost_cents", None),
        ("cost_nanos", "cost_nanos", None),
        ("currency", "currency", None),
        ("meta", "meta", Ref("RequestMeta")),
        ("native_response_id", "nativeResponseId", None),
        ("pricing_lines", "pricing_lines", ListOf(Ref("PricingLine"))),
        ("provider", "provider", None),
        ("provider_id", "provider_id", None),
        ("routing_diagnostics", "routing_diagnostics", None),
        ("service_tier", "service_tier", None),
        ("system_fingerprint", "system_fingerprint", None),
        ("upstream_request", "upstream_request", None),
        promised=6,
    )
