from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class SeedEraModelPricing(ApiModel):
    completion: None | str | Unset = UNSET
    image: None | str | Unset = UNSET
    input_cache_read: None | str | Unset = UNSET
    input_cache_write: None | str | Unset = UNSET
    prompt: None | str | Unset = UNSET
    request: None | str | Unset = UNSET
    web_search: None | str | Unset = UNSET

    _fields = Fields(
        ("completion", "completion", None),
        ("image", "image", None),
        ("input_cache_read", "input_cache_read", None),
        ("input_cache_write", "input_cache_write", None),
        ("prompt", "prompt", None),
        ("request", "request", None),
        ("web_search", "web_search", None),
    )
