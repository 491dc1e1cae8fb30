from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.debug_options import DebugOptions
    from ..models.provider_routing_options import ProviderRoutingOptions
    from ..models.rerank_request_metadata import RerankRequestMetadata
    from ..types import Unset


@model
class RerankRequest(ApiModel):
    documents: list[Any] | list[str]
    model: str
    query: str
    debug: DebugOptions | Unset = UNSET
    max_chunks_per_doc: int | Unset = UNSET
    metadata: RerankRequestMetadata | Unset = UNSET
    provider: ProviderRoutingOptions | Unset = UNSET
    provider_options: Any | Unset = UNSET
    rank_fields: list[str] | Unset = UNSET
    return_documents: bool | Unset = UNSET
    top_k: int | Unset = UNSET
    top_n: int | Unset = UNSET
    user: str | Unset = UNSET

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
    )
