from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class Organisation(ApiModel):
    colour: None | str | Unset = UNSET
    country_code: None | str | Unset = UNSET
    description: None | str | Unset = UNSET
    name: None | str | Unset = UNSET
    organisation_id: str | Unset = UNSET

    _fields = Fields(
        ("colour", "colour", None),
        ("country_code", "country_code", None),
        ("description", "description", None),
        ("name", "name", None),
        ("organisation_id", "organisation_id", None),
    )
