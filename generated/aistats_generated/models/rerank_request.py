from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.debug_options import DebugOptions
    from ..models.provider_routing_options import ProviderRoutingOptions
    from ..models.rerank_request_metadata import RerankRequestMetadata


@model
class RerankRequest(ApiModel):
    documents: list[Any] | list[str]
    model: str
    query: str
    debug: DebugOptions | None = UNSET
    max_chunks_per_doc: int | None = UNSET
    metadata: RerankRequestMetadata | None = UNSET
    provider: ProviderRoutingOptions | None = UNSET
    provider_options: Any = UNSET
    rank_fields: list[str] | None = UNSET
    return_documents: bool | None = UNSET
    top_k: int | None = UNSET
    top_n: int | None = UNSET
    user: str | None = UNSET

    _fields = Fields(
        ("documents", "documents", None),
        ("model", "model", None),
        ("query", "query", None),
        ("debug", "debug", Ref("DebugOptions")),
        ("max_chunks_per_doc", "max_chunks_per_doc", None),
        ("metadata", "metadata", Ref("RerankRequestMetadata")),
        ("provider", "provider", Ref("ProviderRoutingOptions")),
        ("provider_options", "provider_options", None),
        ("rank_fields", "rank_fields", None),
        ("return_documents", "return_documents", None),
        ("top_k", "top_k", None),
        ("top_n", "top_n", None),
        ("user", "user", None),
        promised=3,
    )
