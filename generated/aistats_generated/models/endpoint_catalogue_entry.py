from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class EndpointCatalogueEntry(ApiModel):
    capability_id: str
    collection: str
    id: str
    model_count: int
    provider_count: int
    public_path: str

    _fields = Fields(
        ("capability_id", "capability_id", None),
        ("collection", "collection", None),
        ("id", "id", None),
        ("model_count", "model_count", None),
        ("provider_count", "provider_count", None),
        ("public_path", "public_path", None),
        promised=6,
    )
