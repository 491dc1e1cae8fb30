from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.chat_completion_chunk_choice_finish_reason import (
        ChatCompletionChunkChoiceFinishReason,
    )
    from ..models.chat_completion_delta import ChatCompletionDelta
    from ..models.chat_completion_message import ChatCompletionMessage
    from ..models.chat_logprobs import ChatLogprobs


@model
class ChatCompletionChunkChoice(ApiModel):
    delta: ChatCompletionDelta = UNSET
    finish_reason: ChatCompletionChunkChoiceFinishReason | None = UNSET
    index: int | None = UNSET
    logprobs: ChatLogprobs | None = UNSET
    message: ChatCompletionMessage | None = UNSET

    _fields = Fields(
        ("delta", "delta", Ref("ChatCompletionDelta")),
        ("finish_reason", "finish_reason", None),
        ("index", "index", None),
        ("logprobs", "logprobs", Ref("ChatLogprobs")),
        ("message", "message", Ref("ChatCompletionMessage")),
        empty={"delta": {}},
    )
