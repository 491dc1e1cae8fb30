from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class Provider(ApiModel):
    api_provider_id: str | Unset = UNSET
    api_provider_name: None | str | Unset = UNSET
    country_code: None | str | Unset = UNSET
    description: None | str | Unset = UNSET
    link: None | str | Unset = UNSET

    _fields = Fields(
        ("api_provider_id", "api_provider_id", None),
        ("api_provider_name", "api_provider_name", None),
        ("country_code", "country_code", None),
        ("description", "description", None),
        ("link", "link", None),
    )
