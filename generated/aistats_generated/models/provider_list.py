from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.provider import Provider
    from ..types import Unset


@model
class ProviderList(ApiModel):
    limit: int | Unset = UNSET
    offset: int | Unset = UNSET
    ok: bool | Unset = UNSET
    providers: list[Provider] | Unset = UNSET
    total: int | Unset = UNSET

    _fields = Fields(
        ("limit", "limit", None),
        ("offset", "offset", None),
        ("ok", "ok", None),
        ("providers", "providers", ListOf(Ref("Provider"))),
        ("total", "total", None),
    )
