from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, OneOf, Ref, Variant
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.anthropic_message import AnthropicMessage
    from ..models.anthropic_messages_request_system_type_1_item import (
        AnthropicMessagesRequestSystemType1Item,
    )
    from ..models.anthropic_tool import AnthropicTool
    from ..models.debug_options import DebugOptions
    from ..models.fusion_tool_definition import FusionToolDefinition
    from ..models.gateway_datetime_tool_definition import GatewayDatetimeToolDefinition
    from ..models.gateway_web_fetch_tool_definition import GatewayWebFetchToolDefinition
    from ..models.gateway_web_search_tool_definition import GatewayWebSearchToolDefinition
    from ..models.provider_options import ProviderOptions
    from ..models.provider_routing_options import ProviderRoutingOptions
    from ..models.reasoning_config import ReasoningConfig
    from ..models.search_models_tool_definition import SearchModelsToolDefinition
    from ..models.subagent_tool_definition import SubagentToolDefinition


@model
class AnthropicMessagesRequest(ApiModel):
    max_tokens: int
    messages: list[AnthropicMessage]
    model: str
    debug: DebugOptions | None = UNSET
    echo_upstream_request: bool | None = UNSET
    meta: bool | None = UNSET
    metadata: Any = UNSET
    provider: ProviderRoutingOptions | None = UNSET
    provider_options: ProviderOptions | None = UNSET
    reasoning: ReasoningConfig | None = UNSET
    session_id: str | None = UNSET
    stop_sequences: list[str] | None = UNSET
    stream: bool | None = UNSET
    system: list[AnthropicMessagesRequestSystemType1Item] | str | None = UNSET
    temperature: float | None = UNSET
    tool_choice: Any | str = UNSET
    tools: (
        list[
            AnthropicTool
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
    top_p: float | None = UNSET
    usage: bool | None = UNSET

    _fields = Fields(
        ("max_tokens", "max_tokens", None),
        ("messages", "messages", ListOf(Ref("AnthropicMessage"))),
        ("model", "model", None),
        ("debug", "debug", Ref("DebugOptions")),
        ("echo_upstream_request", "echo_upstream_request", None),
        ("meta", "meta", None),
        ("metadata", "metadata", None),
        ("provider", "provider", Ref("ProviderRoutingOptions")),
        ("provider_options", "provider_options", Ref("ProviderOptions")),
        ("reasoning", "reasoning", Ref("ReasoningConfig")),
        ("session_id", "session_id", None),
        ("stop_sequences", "stop_sequences", None),
        ("stream", "stream", None),
        ("system", "system", ListOf(Ref("AnthropicMessagesRequestSystemType1Item"))),
        ("temperature", "temperature", None),
        ("tool_choice", "tool_choice", None),
        (
            "tools",
            "tools",
            ListOf(
                OneOf(
                    Variant(Ref("AnthropicTool"), {}, ("name",)),
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
        ("top_p", "top_p", None),
        ("usage", "usage", None),
        promised=3,
    )
