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
    from ..types import Unset


@model
class ChatCompletionsRequest(ApiModel):
    messages: list[ChatMessage]
    model: str
    debug: DebugOptions | Unset = UNSET
    echo_upstream_request: bool | Unset = UNSET
    frequency_penalty: float | Unset = UNSET
    image_config: ImageConfig | Unset = UNSET
    logit_bias: ChatCompletionsRequestLogitBias | Unset = UNSET
    logprobs: bool | Unset = UNSET
    max_completion_tokens: int | Unset = UNSET
    max_tokens: int | Unset = UNSET
    max_tool_calls: int | Unset = UNSET
    meta: bool | Unset = UNSET
    metadata: ChatCompletionsRequestMetadata | Unset = UNSET
    modalities: list[ChatCompletionsRequestModalitiesItem] | Unset = UNSET
    n: int | Unset = UNSET
    parallel_tool_calls: bool | Unset = UNSET
    plugins: list[Any] | Unset = UNSET
    presence_penalty: float | Unset = UNSET
    prompt_cache_key: None | str | Unset = UNSET
    provider: ChatCompletionsRequestProviderType0 | ProviderRoutingOptions | Unset = UNSET
    provider_options: ProviderOptions | Unset = UNSET
    reasoning: ReasoningConfig | Unset = UNSET
    reasoning_effort: ChatCompletionsRequestReasoningEffort | Unset = UNSET
    response_format: ChatCompletionsRequestResponseFormatType1 | str | Unset = UNSET
    routing: Any | Unset = UNSET
    safety_identifier: None | str | Unset = UNSET
    seed: int | Unset = UNSET
    service_tier: ChatCompletionsRequestServiceTier | Unset = UNSET
    session_id: str | Unset = UNSET
    stop: list[str] | str | Unset = UNSET
    store: bool | Unset = UNSET
    stream: bool | Unset = UNSET
    stream_options: Any | Unset = UNSET
    temperature: float | Unset = UNSET
    tool_choice: Any | TextToolChoiceType0 | Unset = UNSET
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
        | Unset
    ) = UNSET
    top_k: int | Unset = UNSET
    top_logprobs: int | Unset = UNSET
    top_p: float | Unset = UNSET
    trace: Any | Unset = UNSET
    usage: bool | Unset = UNSET
    user: str | Unset = UNSET
    user_id: str | Unset = UNSET

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
    )
