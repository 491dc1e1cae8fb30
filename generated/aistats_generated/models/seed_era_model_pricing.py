from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class SeedEraModelPricing(ApiModel):
    completion: str | None = UNSET
    image: str | None = UNSET
    input_cache_read: str | None = UNSET
    input_cache_write: str | None = UNSET
    prompt: str | None = UNSET
    request: str | None = UNSET
    web_search: str | None = UNSET

    _fields = Fields(
        ("completion", "completion", None),
        ("image", "image", None),
        ("input_cache_read", "input_cache_read", None),
        ("input_cache_write", "input_cache_write", None),
        ("prompt", "prompt", None),
        ("request", "request", None),
        ("web_search", "web_search", None),
    )
