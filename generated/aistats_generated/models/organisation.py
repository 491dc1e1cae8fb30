from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class Organisation(ApiModel):
    organisation_id: str
    colour: str | None = UNSET
    country_code: str | None = UNSET
    description: str | None = UNSET
    name: str | None = UNSET

    _fields = Fields(
        ("organisation_id", "organisation_id", None),
        ("colour", "colour", None),
        ("country_code", "country_code", None),
        ("description", "description", None),
        ("name", "name", None),
        promised=1,
    )
