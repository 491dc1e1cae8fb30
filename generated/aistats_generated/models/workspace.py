from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ..codec import DATE_TIME
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class Workspace(ApiModel):
    created_at: datetime.datetime | None
    created_by: None | str
    id: str
    name: None | str
    slug: None | str
    updated_at: datetime.datetime | None

    _fields = Fields(
        ("created_at", "created_at", DATE_TIME),
        ("created_by", "created_by", None),
        ("id", "id", None),
        ("name", "name", None),
        ("slug", "slug", None),
        ("updated_at", "updated_at", DATE_TIME),
    )
