from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class TopLogprob(ApiModel):
    logprob: float
    token: str
    bytes: list[int] | None = UNSET

    _fields = Fields(
        ("logprob", "logprob", None), ("token", "token", None), ("bytes", "bytes", None), promised=2
    )
