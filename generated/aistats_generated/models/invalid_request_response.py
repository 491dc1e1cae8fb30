from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class InvalidRequestResponse(ApiModel):
    error: str
    message: str
    ok: bool
    max_offset: int | None = UNSET

    _fields = Fields(
        ("error", "error", None),
        ("message", "message", None),
        ("ok", "ok", None),
        ("max_offset", "max_offset", None),
        promised=3,
    )
