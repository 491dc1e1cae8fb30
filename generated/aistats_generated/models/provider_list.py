from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.provider import Provider


@model
class ProviderList(ApiModel):
    limit: int
    offset: int
    ok: bool
    providers: list[Provider]
    total: int

    _fields = Fields(
        ("limit", "limit", None),
        ("offset", "offset", None),
        ("ok", "ok", None),
        ("providers", "providers", ListOf(Ref("Provider"))),
        ("total", "total", None),
        promised=5,
    )
