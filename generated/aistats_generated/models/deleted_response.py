from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class DeletedResponse(ApiModel):
    deleted: bool

    _fields = Fields(("deleted", "deleted", None), promised=1)
