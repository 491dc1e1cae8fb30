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
    from ..types import Unset


@model
class ResponsesRequest(ApiModel):
    input: Any | list[ResponsesInputItem] | str
    model: str
    background: bool | Unset = UNSET
    debug: DebugOptions | Unset = UNSET
    echo_upstream_request: bool | Unset = UNSET
    image_config: ImageConfig | Unset = UNSET
    include: list[str] | Unset = UNSET
    instructions: str | Unset = UNSET
    max_output_tokens: int | Unset = UNSET
    meta: bool | Unset = UNSET
    metadata: ResponsesRequestMetadata | Unset = UNSET
    modalities: list[ResponsesRequestModalitiesItem] | Unset = UNSET
    parallel_tool_calls: bool | Unset = UNSET
    previous_response_id: str | Unset = UNSET
    prompt_cache_key: None | str | Unset = UNSET
    provider: ProviderRoutingOptions | Unset = UNSET
    provider_options: ProviderOptions | Unset = UNSET
    reasoning: ReasoningConfig | Unset = UNSET
    safety_identifier: None | str | Unset = UNSET
    service_tier: ResponsesRequestServiceTier | Unset = UNSET
    session_id: str | Unset = UNSET
    store: bool | Unset = UNSET
    stream: bool | Unset = UNSET
    temperature: float | Unset = UNSET
    text: Any | Unset = UNSET
    tool_choice: Any | TextToolChoiceType0 | Unset = UNSET
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
        | Unset
    ) = UNSET
    top_p: float | Unset = UNSET
    truncation: ResponsesRequestTruncation | Unset = UNSET
    usage: bool | Unset = UNSET
    user: str | Unset = UNSET

    _fields = Fields(
        ("input", "input", ListOf(Ref("ResponsesInputItem"))),
        ("model", "model", None),
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
    )
