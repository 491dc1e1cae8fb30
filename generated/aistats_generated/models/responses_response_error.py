from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ResponsesResponseError(ApiModel):
    code: str | None = UNSET
    message: str | None = UNSET

    _fields = Fields(("code", "code", None), ("message", "message", None))
