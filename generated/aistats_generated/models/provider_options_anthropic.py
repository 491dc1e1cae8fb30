from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.cache_control import CacheControl


@model
class ProviderOptionsAnthropic(ApiModel):
    cache_control: CacheControl | None = UNSET

    _fields = Fields(("cache_control", "cache_control", Ref("CacheControl")))
