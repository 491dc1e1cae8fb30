from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, OneOf, Ref, Variant
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.pricing_line import PricingLine
    from ..models.responses_function_call import ResponsesFunctionCall
    from ..models.responses_message import ResponsesMessage
    from ..models.responses_reasoning import ResponsesReasoning
    from ..models.responses_response_error import ResponsesResponseError
    from ..models.responses_response_incomplete_details import ResponsesResponseIncompleteDetails
    from ..models.responses_response_status import ResponsesResponseStatus
    from ..models.usage import Usage


@model
class ResponsesResponse(ApiModel):
    id: str
    model: str
    object: str
    output: list[ResponsesFunctionCall | ResponsesMessage | ResponsesReasoning]
    status: ResponsesResponseStatus
    usage: Usage
    background: bool | None = UNSET
    completed_at: int | None = UNSET
    content: list[Any] | None = UNSET
    cost_cents: int | None = UNSET
    cost_nanos: float | None = UNSET
    created: int | None = UNSET
    created_at: int | None = UNSET
    currency: str | None = UNSET
    error: ResponsesResponseError | None = UNSET
    finish_reason: str | None = UNSET
    frequency_penalty: float | None = UNSET
    incomplete_details: ResponsesResponseIncompleteDetails | None = UNSET
    instructions: Any = UNSET
    max_output_tokens: int | None = UNSET
    max_tool_calls: int | None = UNSET
    meta: Any = UNSET
    metadata: Any = UNSET
    native_response_id: str | None = UNSET
    output_items: list[ResponsesFunctionCall | ResponsesMessage | ResponsesReasoning] | None = UNSET
    parallel_tool_calls: bool | None = UNSET
    presence_penalty: float | None = UNSET
    previous_response_id: str | None = UNSET
    pricing_lines: list[PricingLine] | None = UNSET
    prompt_cache_key: str | None = UNSET
    provider: str | None = UNSET
    provider_id: str | None = UNSET
    reasoning: Any = UNSET
    role: str | None = UNSET
    safety_identifier: str | None = UNSET
    service_tier: str | None = UNSET
    stop_reason: str | None = UNSET
    store: bool | None = UNSET
    temperature: float | None = UNSET
    text: Any = UNSET
    tool_choice: Any = UNSET
    tools: list[Any] | None = UNSET
    top_logprobs: int | None = UNSET
    top_p: float | None = UNSET
    truncation: str | None = UNSET
    type: str | None = UNSET
    user: str | None = UNSET

    _fields = Fields(
        ("id", "id", None),
        ("model", "model", None),
        ("object", "object", None),
        (
            "output",
            "output",
            ListOf(
                OneOf(
                    Variant(
                        Ref("ResponsesMessage"),
                        {"role": ("assistant",), "type": ("message",)},
                        ("content", "id", "role", "status", "type"),
                    ),
                    Variant(
                        Ref("ResponsesFunctionCall"),
                        {"type": ("function_call",)},
                        ("arguments", "call_id", "id", "name", "status", "type"),
                    ),
                    Variant(Ref("ResponsesReasoning"), {"type": ("reasoning",)}, ("type",)),
                )
            ),
        ),
        ("status", "status", None),
        ("usage", "usage", Ref("Usage")),
        ("background", "background", None),
        ("completed_at", "completed_at", None),
        ("content", "content", None),
        ("cost_cents", "cost_cents", None),
        ("cost_nanos", "cost_nanos", None),
        ("created", "created", None),
        ("created_at", "created_at", None),
        ("currency", "currency", None),
        ("error", "error", Ref("ResponsesResponseError")),
        ("finish_reason", "finish_reason", None),
        ("frequency_penalty", "frequency_penalty", None),
        ("incomplete_details", "incomplete_details", Ref("ResponsesResponseIncompleteDetails")),
        ("instructions", "instructions", None),
        ("max_output_tokens", "max_output_tokens", None),
        ("max_tool_calls", "max_tool_calls", None),
        ("meta", "meta", None),
        ("metadata", "metadata", None),
        ("native_response_id", "nativeResponseId", None),
        (
            "output_items",
            "output_items",
            ListOf(
                OneOf(
                    Variant(
                        Ref("ResponsesMessage"),
                        {"role": ("assistant",), "type": ("message",)},
                        ("content", "id", "role", "status", "type"),
                    ),
                    Variant(
                        Ref("ResponsesFunctionCall"),
                        {"type": ("function_call",)},
                        ("arguments", "call_id", "id", "name", "status", "type"),
                    ),
                    Variant(Ref("ResponsesReasoning"), {"type": ("reasoning",)}, ("type",)),
                )
            ),
        ),
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
        ("user", "user", None),
        promised=6,
    )
