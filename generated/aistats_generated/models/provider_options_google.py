from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.cache_control import CacheControl


@model
class ProviderOptionsGoogle(ApiModel):
    cache_control: CacheControl | None = UNSET
    cache_ttl: str | None = UNSET
    cached_content: str | None = UNSET

    _fields = Fields(
        ("cache_control", "cache_control", Ref("CacheControl")),
        ("cache_ttl", "cache_ttl", None),
        ("cached_content", "cached_content", None),
    )
