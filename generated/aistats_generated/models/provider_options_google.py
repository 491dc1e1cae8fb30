from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.cache_control import CacheControl
    from ..types import Unset


@model
class ProviderOptionsGoogle(ApiModel):
    cache_control: CacheControl | Unset = UNSET
    cache_ttl: str | Unset = UNSET
    cached_content: str | Unset = UNSET

    _fields = Fields(
        ("cache_control", "cache_control", Ref("CacheControl")),
        ("cache_ttl", "cache_ttl", None),
        ("cached_content", "cached_content", None),
    )
