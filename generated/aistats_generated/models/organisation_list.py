from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.organisation import Organisation
    from ..types import Unset


@model
class OrganisationList(ApiModel):
    limit: int | Unset = UNSET
    offset: int | Unset = UNSET
    ok: bool | Unset = UNSET
    organisations: list[Organisation] | Unset = UNSET
    total: int | Unset = UNSET

    _fields = Fields(
        ("limit", "limit", None),
        ("offset", "offset", None),
        ("ok", "ok", None),
        ("organisations", "organisations", ListOf(Ref("Organisation"))),
        ("total", "total", None),
    )
