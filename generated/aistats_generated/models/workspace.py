from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ..codec import DATE_TIME
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class Workspace(ApiModel):
    id: str
    created_at: datetime.datetime | None
    created_by: str | None
    name: str | None
    slug: str | None
    updated_at: datetime.datetime | None

    _fields = Fields(
        ("id", "id", None),
        ("created_at", "created_at", DATE_TIME),
        ("created_by", "created_by", None),
        ("name", "name", None),
        ("slug", "slug", None),
        ("updated_at", "updated_at", DATE_TIME),
        promised=1,
    )
