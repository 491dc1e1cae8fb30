from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_request_endpoint import BatchRequestEndpoint
    from ..models.batch_request_item import BatchRequestItem
    from ..models.batch_request_output_expires_after import BatchRequestOutputExpiresAfter
    from ..models.batch_request_webhook import BatchRequestWebhook
    from ..models.debug_options import DebugOptions
    from ..models.provider_routing_options import ProviderRoutingOptions


@model
class BatchRequest(ApiModel):
    completion_window: str | None = UNSET
    debug: DebugOptions | None = UNSET
    endpoint: BatchRequestEndpoint | None = UNSET
    input_file_id: str | None = UNSET
    items: list[Any] | None = UNSET
    max_tokens: int | None = UNSET
    metadata: Any = UNSET
    model: str | None = UNSET
    output_expires_after: BatchRequestOutputExpiresAfter | None = UNSET
    prompts: list[str] | None = UNSET
    provider: ProviderRoutingOptions | None = UNSET
    requests: list[BatchRequestItem] | None = UNSET
    session_id: str | None = UNSET
    system: str | None = UNSET
    temperature: float | None = UNSET
    webhook: BatchRequestWebhook | None = UNSET
    webhook_endpoint_id: str | None = UNSET

    _fields = Fields(
        ("completion_window", "completion_window", None),
        ("debug", "debug", Ref("DebugOptions")),
        ("endpoint", "endpoint", None),
        ("input_file_id", "input_file_id", None),
        ("items", "items", None),
        ("max_tokens", "max_tokens", None),
        ("metadata", "metadata", None),
        ("model", "model", None),
        ("output_expires_after", "output_expires_after", Ref("BatchRequestOutputExpiresAfter")),
        ("prompts", "prompts", None),
        ("provider", "provider", Ref("ProviderRoutingOptions")),
        ("requests", "requests", ListOf(Ref("BatchRequestItem"))),
        ("session_id", "session_id", None),
        ("system", "system", None),
        ("temperature", "temperature", None),
        ("webhook", "webhook", Ref("BatchRequestWebhook")),
        ("webhook_endpoint_id", "webhook_endpoint_id", None),
    )
