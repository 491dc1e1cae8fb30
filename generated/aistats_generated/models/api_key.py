from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ..codec import DATE_TIME
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class ApiKey(ApiModel):
    created_at: datetime.datetime | None
    created_by: None | str
    disabled: bool
    expires_at: datetime.datetime | None
    hash: str
    id: str
    label: None | str
    last_used_at: datetime.datetime | None
    name: None | str
    prefix: None | str
    soft_blocked: bool
    status: None | str
    updated_at: datetime.datetime | None
    workspace_id: str
    creator_user_id: None | str | Unset = UNSET
    include_byok_in_limit: bool | Unset = UNSET
    limit: float | None | Unset = UNSET
    limit_reset: None | str | Unset = UNSET
    scopes: list[str] | str | Unset = UNSET

    _fields = Fields(
        ("created_at", "created_at", DATE_TIME),
        ("created_by", "created_by", None),
        ("disabled", "disabled", None),
        ("expires_at", "expires_at", DATE_TIME),
        ("hash", "hash", None),
        ("id", "id", None),
        ("label", "label", None),
        ("last_used_at", "last_used_at", DATE_TIME),
        ("name", "name", None),
        ("prefix", "prefix", None),
        ("soft_blocked", "soft_blocked", None),
        ("status", "status", None),
        ("updated_at", "updated_at", DATE_TIME),
        ("workspace_id", "workspace_id", None),
        ("creator_user_id", "creator_user_id", None),
        ("include_byok_in_limit", "include_byok_in_limit", None),
        ("limit", "limit", None),
        ("limit_reset", "limit_reset", None),
        ("scopes", "scopes", None),
    )
