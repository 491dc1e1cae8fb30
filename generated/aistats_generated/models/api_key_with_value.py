from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ..codec import DATE_TIME
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ApiKeyWithValue(ApiModel):
    disabled: bool
    hash: str
    id: str
    include_byok_in_limit: bool
    soft_blocked: bool
    workspace_id: str
    key: str
    created_at: datetime.datetime | None
    created_by: str | None
    expires_at: datetime.datetime | None
    label: str | None
    last_used_at: datetime.datetime | None
    name: str | None
    prefix: str | None
    status: str | None
    updated_at: datetime.datetime | None
    creator_user_id: str | None = UNSET
    limit: float | None = UNSET
    limit_reset: str | None = UNSET
    scopes: list[str] | str | None = UNSET

    _fields = Fields(
        ("disabled", "disabled", None),
        ("hash", "hash", None),
        ("id", "id", None),
        ("include_byok_in_limit", "include_byok_in_limit", None),
        ("soft_blocked", "soft_blocked", None),
        ("workspace_id", "workspace_id", None),
        ("key", "key", None),
        ("created_at", "created_at", DATE_TIME),
        ("created_by", "created_by", None),
        ("expires_at", "expires_at", DATE_TIME),
        ("label", "label", None),
        ("last_used_at", "last_used_at", DATE_TIME),
        ("name", "name", None),
        ("prefix", "prefix", None),
        ("status", "status", None),
        ("updated_at", "updated_at", DATE_TIME),
        ("creator_user_id", "creator_user_id", None),
        ("limit", "limit", None),
        ("limit_reset", "limit_reset", None),
        ("scopes", "scopes", None),
        promised=7,
    )
