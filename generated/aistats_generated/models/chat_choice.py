from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.chat_choice_finish_reason import ChatChoiceFinishReason
    from ..models.chat_completion_message import ChatCompletionMessage
    from ..models.chat_logprobs import ChatLogprobs


@model
class ChatChoice(ApiModel):
    finish_reason: ChatChoiceFinishReason
    index: int
    message: ChatCompletionMessage
    logprobs: ChatLogprobs | None = UNSET

    _fields = Fields(
        ("finish_reason", "finish_reason", None),
        ("index", "index", None),
        ("message", "message", Ref("ChatCompletionMessage")),
        ("logprobs", "logprobs", Ref("ChatLogprobs")),
        promised=3,
    )
