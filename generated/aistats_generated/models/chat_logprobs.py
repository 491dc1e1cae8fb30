from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.token_logprob import TokenLogprob


@model
class ChatLogprobs(ApiModel):
    content: list[TokenLogprob] | None = UNSET
    refusal: list[TokenLogprob] | None = UNSET

    _fields = Fields(
        ("content", "content", ListOf(Ref("TokenLogprob"))),
        ("refusal", "refusal", ListOf(Ref("TokenLogprob"))),
    )
