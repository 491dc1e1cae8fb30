from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ResponsesResponseIncompleteDetails(ApiModel):
    reason: str

    _fields = Fields(("reason", "reason", None), promised=1)
