from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.workspace import Workspace


@model
class WorkspaceListResponse(ApiModel):
    data: list[Workspace]
    total_count: int

    _fields = Fields(
        ("data", "data", ListOf(Ref("Workspace"))), ("total_count", "total_count", None), promised=2
    )
