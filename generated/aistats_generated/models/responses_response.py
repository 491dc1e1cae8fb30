from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.pricing_line import PricingLine
    from ..models.responses_output_item import ResponsesOutputItem
    from ..models.responses_response_status import ResponsesResponseStatus
    from ..models.usage import Usage
    from ..types import Unset


@model
class ResponsesResponse(ApiModel):
    background: bool | None | Unset = UNSET
    completed_at: int | None | Unset = UNSET
    content: list[Any] | Unset = UNSET
    cost_cents: int | Unset = UNSET
    cost_nanos: float | Unset = UNSET
    created: int | Unset = UNSET
    created_at: int | None | Unset = UNSET
    currency: str | Unset = UNSET
    error: Any | Unset = UNSET
    finish_reason: None | str | Unset = UNSET
    frequency_penalty: float | None | Unset = UNSET
    id: str | Unset = UNSET
    incomplete_details: Any | Unset = UNSET
    instructions: Any | Unset = UNSET
    max_output_tokens: int | None | Unset = UNSET
    max_tool_calls: int | None | Unset = UNSET
    meta: Any | Unset = UNSET
    metadata: Any | Unset = UNSET
    model: str | Unset = UNSET
    native_response_id: None | str | Unset = UNSET
    object: str | Unset = UNSET
    output: list[ResponsesOutputItem] | Unset = UNSET
    output_items: list[ResponsesOutputItem] | Unset = UNSET
    parallel_tool_calls: bool | None | Unset = UNSET
    presence_penalty: float | None | Unset = UNSET
    previous_response_id: None | str | Unset = UNSET
    pricing_lines: list[PricingLine] | Unset = UNSET
    prompt_cache_key: None | str | Unset = UNSET
    provider: str | Unset = UNSET
    provider_id: str | Unset = UNSET
    reasoning: Any | Unset = UNSET
    role: str | Unset = UNSET
    safety_identifier: None | str | Unset = UNSET
    service_tier: None | str | Unset = UNSET
    status: ResponsesResponseStatus | Unset = UNSET
    stop_reason: str | Unset = UNSET
    store: bool | None | Unset = UNSET
    temperature: float | None | Unset = UNSET
    text: Any | Unset = UNSET
    tool_choice: Any | Unset = UNSET
    tools: list[Any] | Unset = UNSET
    top_logprobs: int | None | Unset = UNSET
    top_p: float | None | Unset = UNSET
    truncation: None | str | Unset = UNSET
    type: str | Unset = UNSET
    usage: Usage | Unset = UNSET
    user: None | str | Unset = UNSET

    _fields = Fields(
        ("background", "background", None),
        ("completed_at", "completed_at", None),
        ("content", "content", None),
        ("cost_cents", "cost_cents", None),
        ("cost_nanos", "cost_nanos", None),
        ("created", "created", None),
        ("created_at", "created_at", None),
        ("currency", "currency", None),
        ("error", "error", None),
        ("finish_reason", "finish_reason", None),
        ("frequency_penalty", "frequency_penalty", None),
        ("id", "id", None),
        ("incomplete_details", "incomplete_details", None),
        ("instructions", "instructions", None),
        ("max_output_tokens", "max_output_tokens", None),
        ("max_tool_calls", "max_tool_calls", None),
        ("meta", "meta", None),
        ("metadata", "metadata", None),
        ("model", "model", None),
        ("native_response_id", "nativeResponseId", None),
        ("object", "object", None),
        ("output", "output", ListOf(Ref("ResponsesOutputItem"))),
        ("output_items", "output_items", ListOf(Ref("ResponsesOutputItem"))),
        ("parallel_tool_calls", "parallel_tool_calls", None),
        ("presence_penalty", "presence_penalty", None),
        ("previous_response_id", "previous_response_id", None),
        ("pricing_lines", "pricing_lines", ListOf(Ref("PricingLine"))),
        ("prompt_cache_key", "prompt_cache_key", None),
        ("provider", "provider", None),
        ("provider_id", "provider_id", None),
        ("reasoning", "reasoning", None),
        ("role", "role", None),
        ("safety_identifier", "safety_identifier", None),
        ("service_tier", "service_tier", None),
        ("status", "status", None),
        ("stop_reason", "stop_reason", None),
        ("store", "store", None),
        ("temperature", "temperature", None),
        ("text", "text", None),
        ("tool_choice", "tool_choice", None),
        ("tools", "tools", None),
        ("top_logprobs", "top_logprobs", None),
        ("top_p", "top_p", None),
        ("truncation", "truncation", None),
        ("type", "type", None),
        ("usage", "usage", Ref("Usage")),
        ("user", "user", None),
    )
