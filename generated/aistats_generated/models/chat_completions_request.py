from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, OneOf, Ref, Variant
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.chat_completions_request_logit_bias import ChatCompletionsRequestLogitBias
    from ..models.chat_completions_request_metadata import ChatCompletionsRequestMetadata
    from ..models.chat_completions_request_modalities_item import (
        ChatCompletionsRequestModalitiesItem,
    )
    from ..models.chat_completions_request_provider_type_0 import (
        ChatCompletionsRequestProviderType0,
    )
    from ..models.chat_completions_request_reasoning_effort import (
        ChatCompletionsRequestReasoningEffort,
    )
    from ..models.chat_completions_request_response_format_type_1 import (
        ChatCompletionsRequestResponseFormatType1,
    )
    from ..models.chat_completions_request_service_tier import ChatCompletionsRequestServiceTier
    from ..models.chat_message import ChatMessage
    from ..models.debug_options import DebugOptions
    from ..models.function_tool_definition import FunctionToolDefinition
    from ..models.fusion_tool_definition import FusionToolDefinition
    from ..models.gateway_datetime_tool_definition import GatewayDatetimeToolDefinition
    from ..models.gateway_web_fetch_tool_definition import GatewayWebFetchToolDefinition
    from ..models.gateway_web_search_tool_definition import GatewayWebSearchToolDefinition
    from ..models.image_config import ImageConfig
    from ..models.provider_options import ProviderOptions
    from ..models.provider_routing_options import ProviderRoutingOptions
    from ..models.reasoning_config import ReasoningConfig
    from ..models.search_models_tool_definition import SearchModelsToolDefinition
    from ..models.subagent_tool_definition import SubagentToolDefinition
    from ..models.text_tool_choice_type_0 import TextToolChoiceType0


@model
class ChatCompletionsRequest(ApiModel):
    messages: list[ChatMessage]
    model: str
    debug: DebugOptions | None = UNSET
    echo_upstream_request: bool | None = UNSET
    frequency_penalty: float | None = UNSET
    image_config: ImageConfig | None = UNSET
    logit_bias: ChatCompletionsRequestLogitBias | None = UNSET
    logprobs: bool | None = UNSET
    max_completion_tokens: int | None = UNSET
    max_tokens: int | None = UNSET
    max_tool_calls: int | None = UNSET
    meta: bool | None = UNSET
    metadata: ChatCompletionsRequestMetadata | None = UNSET
    modalities: list[ChatCompletionsRequestModalitiesItem] | None = UNSET
    n: int | None = UNSET
    parallel_tool_calls: bool | None = UNSET
    plugins: list[Any] | None = UNSET
    presence_penalty: float | None = UNSET
    prompt_cache_key: str | None = UNSET
    provider: ChatCompletionsRequestProviderType0 | ProviderRoutingOptions | None = UNSET
    provider_options: ProviderOptions | None = UNSET
    reasoning: ReasoningConfig | None = UNSET
    reasoning_effort: ChatCompletionsRequestReasoningEffort | None = UNSET
    response_format: ChatCompletionsRequestResponseFormatType1 | str | None = UNSET
    routing: Any = UNSET
    safety_identifier: str | None = UNSET
    seed: int | None = UNSET
    service_tier: ChatCompletionsRequestServiceTier | None = UNSET
    session_id: str | None = UNSET
    stop: list[str] | str | None = UNSET
    store: bool | None = UNSET
    stream: bool | None = UNSET
    stream_options: Any = UNSET
    temperature: float | None = UNSET
    tool_choice: Any | TextToolChoiceType0 = UNSET
    tools: (
        list[
            FunctionToolDefinition
            | FusionToolDefinition
            | GatewayDatetimeToolDefinition
            | GatewayWebFetchToolDefinition
            | GatewayWebSearchToolDefinition
            | SearchModelsToolDefinition
            | SubagentToolDefinition
        ]
        | None
    ) = UNSET
    top_k: int | None = UNSET
    top_logprobs: int | None = UNSET
    top_p: float | None = UNSET
    trace: Any = UNSET
    usage: bool | None = UNSET
    user: str | None = UNSET
    user_id: str | None = UNSET

    _fields = Fields(
        ("messages", "messages", ListOf(Ref("ChatMessage"))),
        ("model", "model", None),
        ("debug", "debug", Ref("DebugOptions")),
        ("echo_upstream_request", "echo_upstream_request", None),
        ("frequency_penalty", "frequency_penalty", None),
        ("image_config", "image_config", Ref("ImageConfig")),
        ("logit_bias", "logit_bias", Ref("ChatCompletionsRequestLogitBias")),
        ("logprobs", "logprobs", None),
        ("max_completion_tokens", "max_completion_tokens", None),
        ("max_tokens", "max_tokens", None),
        ("max_tool_calls", "max_tool_calls", None),
        ("meta", "meta", None),
        ("metadata", "metadata", Ref("ChatCompletionsRequestMetadata")),
        ("modalities", "modalities", None),
        ("n", "n", None),
        ("parallel_tool_calls", "parallel_tool_calls", None),
        ("plugins", "plugins", None),
        ("presence_penalty", "presence_penalty", None),
        ("prompt_cache_key", "prompt_cache_key", None),
        ("provider", "provider", Ref("ProviderRoutingOptions")),
        ("provider_options", "provider_options", Ref("ProviderOptions")),
        ("reasoning", "reasoning", Ref("ReasoningConfig")),
        ("reasoning_effort", "reasoning_effort", None),
        ("response_format", "response_format", Ref("ChatCompletionsRequestResponseFormatType1")),
        ("routing", "routing", None),
        ("safety_identifier", "safety_identifier", None),
        ("seed", "seed", None),
        ("service_tier", "service_tier", None),
        ("session_id", "session_id", None),
        ("stop", "stop", None),
        ("store", "store", None),
        ("stream", "stream", None),
        ("stream_options", "stream_options", None),
        ("temperature", "temperature", None),
        ("tool_choice", "tool_choice", None),
        (
            "tools",
            "tools",
            ListOf(
                OneOf(
                    Variant(
                        Ref("FunctionToolDefinition"), {"type": ("function",)}, ("function", "type")
                    ),
                    Variant(
                        Ref("GatewayDatetimeToolDefinition"),
                        {"type": ("gateway:datetime", "phaseo:datetime")},
                        ("type",),
                    ),
                    Variant(
                        Ref("GatewayWebSearchToolDefinition"),
                        {"type": ("gateway:web_search", "phaseo:web_search")},
                        ("type",),
                    ),
                    Variant(
                        Ref("GatewayWebFetchToolDefinition"),
                        {"type": ("gateway:web_fetch", "phaseo:web_fetch")},
                        ("type",),
                    ),
                    Variant(
                        Ref("SubagentToolDefinition"), {"type": ("phaseo:subagent",)}, ("type",)
                    ),
                    Variant(Ref("FusionToolDefinition"), {"type": ("phaseo:fusion",)}, ("type",)),
                    Variant(
                        Ref("SearchModelsToolDefinition"),
                        {"type": ("phaseo:search_models",)},
                        ("type",),
                    ),
                )
            ),
        ),
        ("top_k", "top_k", None),
        ("top_logprobs", "top_logprobs", None),
        ("top_p", "top_p", None),
        ("trace", "trace", None),
        ("usage", "usage", None),
        ("user", "user", None),
        ("user_id", "user_id", None),
        promised=2,
    )
