from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class DataModelOrganisation(ApiModel):
    colour: str | None = UNSET
    country_code: str | None = UNSET
    name: str | None = UNSET
    organisation_id: str | None = UNSET

    _fields = Fields(
        ("colour", "colour", None),
        ("country_code", "country_code", None),
        ("name", "name", None),
        ("organisation_id", "organisation_id", None),
    )
