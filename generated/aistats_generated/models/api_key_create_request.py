from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ..codec import DATE_TIME
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.api_key_create_request_limit_reset import ApiKeyCreateRequestLimitReset
    from ..types import Unset


@model
class ApiKeyCreateRequest(ApiModel):
    name: str
    disabled: bool | Unset = UNSET
    expires_at: datetime.datetime | None | Unset = UNSET
    include_byok_in_limit: bool | Unset = UNSET
    limit: float | None | Unset = UNSET
    limit_reset: ApiKeyCreateRequestLimitReset | Unset = UNSET
    scopes: list[str] | str | Unset = UNSET
    soft_blocked: bool | Unset = UNSET
    workspace_id: str | Unset = UNSET

    _fields = Fields(
        ("name", "name", None),
        ("disabled", "disabled", None),
        ("expires_at", "expires_at", DATE_TIME),
        ("include_byok_in_limit", "include_byok_in_limit", None),
        ("limit", "limit", None),
        ("limit_reset", "limit_reset", None),
        ("scopes", "scopes", None),
        ("soft_blocked", "soft_blocked", None),
        ("workspace_id", "workspace_id", None),
    )
