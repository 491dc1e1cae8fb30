from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class Health(ApiModel):
    status: str

    _fields = Fields(("status", "status", None), promised=1)
