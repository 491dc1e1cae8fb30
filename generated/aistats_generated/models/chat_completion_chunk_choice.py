from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.chat_completion_chunk_choice_finish_reason import (
        ChatCompletionChunkChoiceFinishReason,
    )
    from ..models.chat_completion_delta import ChatCompletionDelta
    from ..models.chat_message import ChatMessage
    from ..types import Unset


@model
class ChatCompletionChunkChoice(ApiModel):
    delta: ChatCompletionDelta = UNSET
    finish_reason: ChatCompletionChunkChoiceFinishReason | None | Unset = UNSET
    index: int | Unset = UNSET
    logprobs: Any | Unset = UNSET
    message: ChatMessage | Unset = UNSET

    _fields = Fields(
        ("delta", "delta", Ref("ChatCompletionDelta")),
        ("finish_reason", "finish_reason", None),
        ("index", "index", None),
        ("logprobs", "logprobs", None),
        ("message", "message", Ref("ChatMessage")),
        empty={"delta": {}},
    )
