from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class CacheControl(ApiModel):
    scope: str | Unset = UNSET
    ttl: str | Unset = UNSET
    type: str | Unset = UNSET

    _fields = Fields(("scope", "scope", None), ("ttl", "ttl", None), ("type", "type", None))
