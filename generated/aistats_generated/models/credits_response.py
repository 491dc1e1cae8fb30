from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.credits_response_credits import CreditsResponseCredits


@model
class CreditsResponse(ApiModel):
    credits: CreditsResponseCredits
    ok: bool

    _fields = Fields(
        ("credits", "credits", Ref("CreditsResponseCredits")), ("ok", "ok", None), promised=2
    )
