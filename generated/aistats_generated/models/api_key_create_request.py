from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ..codec import DATE_TIME
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.api_key_create_request_limit_reset import ApiKeyCreateRequestLimitReset


@model
class ApiKeyCreateRequest(ApiModel):
    name: str
    disabled: bool | None = UNSET
    expires_at: datetime.datetime | None = UNSET
    include_byok_in_limit: bool | None = UNSET
    limit: float | None = UNSET
    limit_reset: ApiKeyCreateRequestLimitReset | None = UNSET
    scopes: list[str] | str | None = UNSET
    soft_blocked: bool | None = UNSET
    workspace_id: str | None = UNSET

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
        promised=1,
    )
