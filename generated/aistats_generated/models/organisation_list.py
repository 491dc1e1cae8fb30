from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.organisation import Organisation


@model
class OrganisationList(ApiModel):
    limit: int
    offset: int
    ok: bool
    organisations: list[Organisation]
    total: int

    _fields = Fields(
        ("limit", "limit", None),
        ("offset", "offset", None),
        ("ok", "ok", None),
        ("organisations", "organisations", ListOf(Ref("Organisation"))),
        ("total", "total", None),
        promised=5,
    )
