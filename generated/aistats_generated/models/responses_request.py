from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, OneOf, Ref, Variant
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
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
    from ..models.responses_function_tool import ResponsesFunctionTool
    from ..models.responses_input_item import ResponsesInputItem
    from ..models.responses_request_metadata import ResponsesRequestMetadata
    from ..models.responses_request_modalities_item import ResponsesRequestModalitiesItem
    from ..models.responses_request_service_tier import ResponsesRequestServiceTier
    from ..models.responses_request_truncation import ResponsesRequestTruncation
    from ..models.search_models_tool_definition import SearchModelsToolDefinition
    from ..models.subagent_tool_definition import SubagentToolDefinition
    from ..models.text_tool_choice_type_0 import TextToolChoiceType0


@model
class ResponsesRequest(ApiModel):
    model: str
    input: Any | list[ResponsesInputItem] | str
    background: bool | None = UNSET
    debug: DebugOptions | None = UNSET
    echo_upstream_request: bool | None = UNSET
    image_config: ImageConfig | None = UNSET
    include: list[str] | None = UNSET
    instructions: str | None = UNSET
    max_output_tokens: int | None = UNSET
    meta: bool | None = UNSET
    metadata: ResponsesRequestMetadata | None = UNSET
    modalities: list[ResponsesRequestModalitiesItem] | None = UNSET
    parallel_tool_calls: bool | None = UNSET
    previous_response_id: str | None = UNSET
    prompt_cache_key: str | None = UNSET
    provider: ProviderRoutingOptions | None = UNSET
    provider_options: ProviderOptions | None = UNSET
    reasoning: ReasoningConfig | None = UNSET
    safety_identifier: str | None = UNSET
    service_tier: ResponsesRequestServiceTier | None = UNSET
    session_id: str | None = UNSET
    store: bool | None = UNSET
    stream: bool | None = UNSET
    temperature: float | None = UNSET
    text: Any = UNSET
    tool_choice: Any | TextToolChoiceType0 = UNSET
    tools: (
        list[
            FunctionToolDefinition
            | FusionToolDefinition
            | GatewayDatetimeToolDefinition
            | GatewayWebFetchToolDefinition
            | GatewayWebSearchToolDefinition
            | ResponsesFunctionTool
            | SearchModelsToolDefinition
            | SubagentToolDefinition
        ]
        | None
    ) = UNSET
    top_p: float | None = UNSET
    truncation: ResponsesRequestTruncation | None = UNSET
    usage: bool | None = UNSET
    user: str | None = UNSET

    _fields = Fields(
        ("model", "model", None),
        ("input", "input", ListOf(Ref("ResponsesInputItem"))),
        ("background", "background", None),
        ("debug", "debug", Ref("DebugOptions")),
        ("echo_upstream_request", "echo_upstream_request", None),
        ("image_config", "image_config", Ref("ImageConfig")),
        ("include", "include", None),
        ("instructions", "instructions", None),
        ("max_output_tokens", "max_output_tokens", None),
        ("meta", "meta", None),
        ("metadata", "metadata", Ref("ResponsesRequestMetadata")),
        ("modalities", "modalities", None),
        ("parallel_tool_calls", "parallel_tool_calls", None),
        ("previous_response_id", "previous_response_id", None),
        ("prompt_cache_key", "prompt_cache_key", None),
        ("provider", "provider", Ref("ProviderRoutingOptions")),
        ("provider_options", "provider_options", Ref("ProviderOptions")),
        ("reasoning", "reasoning", Ref("ReasoningConfig")),
        ("safety_identifier", "safety_identifier", None),
        ("service_tier", "service_tier", None),
        ("session_id", "session_id", None),
        ("store", "store", None),
        ("stream", "stream", None),
        ("temperature", "temperature", None),
        ("text", "text", None),
        ("tool_choice", "tool_choice", None),
        (
            "tools",
            "tools",
            ListOf(
                OneOf(
                    Variant(
                        Ref("ResponsesFunctionTool"), {"type": ("function",)}, ("name", "type")
                    ),
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
        ("top_p", "top_p", None),
        ("truncation", "truncation", None),
        ("usage", "usage", None),
        ("user", "user", None),
        promised=1,
    )
