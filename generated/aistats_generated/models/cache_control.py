from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class CacheControl(ApiModel):
    scope: str | None = UNSET
    ttl: str | None = UNSET
    type: str | None = UNSET

    _fields = Fields(("scope", "scope", None), ("ttl", "ttl", None), ("type", "type", None))
