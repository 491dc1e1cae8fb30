from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.endpoint_catalogue_entry import EndpointCatalogueEntry


@model
class EndpointCatalogueResponse(ApiModel):
    data: list[EndpointCatalogueEntry]
    endpoints: list[str]
    ok: bool
    sample_models: list[str]

    _fields = Fields(
        ("data", "data", ListOf(Ref("EndpointCatalogueEntry"))),
        ("endpoints", "endpoints", None),
        ("ok", "ok", None),
        ("sample_models", "sample_models", None),
        promised=4,
    )
