from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class Provider(ApiModel):
    api_provider_id: str
    api_provider_name: str | None = UNSET
    country_code: str | None = UNSET
    description: str | None = UNSET
    link: str | None = UNSET

    _fields = Fields(
        ("api_provider_id", "api_provider_id", None),
        ("api_provider_name", "api_provider_name", None),
        ("country_code", "country_code", None),
        ("description", "description", None),
        ("link", "link", None),
        promised=1,
    )
