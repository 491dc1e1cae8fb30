from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.activity_entry import ActivityEntry


@model
class ActivityResponse(ApiModel):
    data: list[ActivityEntry]

    _fields = Fields(("data", "data", ListOf(Ref("ActivityEntry"))), promised=1)
