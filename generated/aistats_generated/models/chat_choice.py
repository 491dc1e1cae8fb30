from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.chat_choice_finish_reason import ChatChoiceFinishReason
    from ..models.chat_message import ChatMessage
    from ..types import Unset


@model
class ChatChoice(ApiModel):
    finish_reason: ChatChoiceFinishReason | Unset = UNSET
    index: int | Unset = UNSET
    logprobs: Any | Unset = UNSET
    message: ChatMessage | Unset = UNSET

    _fields = Fields(
        ("finish_reason", "finish_reason", None),
        ("index", "index", None),
        ("logprobs", "logprobs", None),
        ("message", "message", Ref("ChatMessage")),
    )
