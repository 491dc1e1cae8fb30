from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ErrorUpstreamError(ApiModel):
    code: Any = UNSET
    description: str | None = UNSET
    message: str | None = UNSET
    param: str | None = UNSET

    _fields = Fields(
        ("code", "code", None),
        ("description", "description", None),
        ("message", "message", None),
        ("param", "param", None),
    )
