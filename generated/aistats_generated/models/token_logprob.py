from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.top_logprob import TopLogprob


@model
class TokenLogprob(ApiModel):
    logprob: float
    token: str
    bytes: list[int] | None = UNSET
    top_logprobs: list[TopLogprob] | None = UNSET

    _fields = Fields(
        ("logprob", "logprob", None),
        ("token", "token", None),
        ("bytes", "bytes", None),
        ("top_logprobs", "top_logprobs", ListOf(Ref("TopLogprob"))),
        promised=2,
    )
