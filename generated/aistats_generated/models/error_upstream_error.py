from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class ErrorUpstreamError(ApiModel):
    code: Any | Unset = UNSET
    description: None | str | Unset = UNSET
    message: None | str | Unset = UNSET
    param: None | str | Unset = UNSET

    _fields = Fields(
        ("code", "code", None),
        ("description", "description", None),
        ("message", "message", None),
        ("param", "param", None),
    )
