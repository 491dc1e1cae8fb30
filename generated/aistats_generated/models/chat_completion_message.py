from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.chat_audio_output_part import ChatAudioOutputPart
    from ..models.chat_completion_message_role import ChatCompletionMessageRole
    from ..models.chat_image_output_part import ChatImageOutputPart
    from ..models.chat_tool_call import ChatToolCall


@model
class ChatCompletionMessage(ApiModel):
    content: str
    role: ChatCompletionMessageRole
    annotations: list[Any] | None = UNSET
    audio: Any = UNSET
    audios: list[ChatAudioOutputPart] | None = UNSET
    images: list[ChatImageOutputPart] | None = UNSET
    reasoning: str | None = UNSET
    reasoning_content: str | None = UNSET
    refusal: str | None = UNSET
    tool_calls: list[ChatToolCall] | None = UNSET

    _fields = Fields(
        ("content", "content", None),
        ("role", "role", None),
        ("annotations", "annotations", None),
        ("audio", "audio", None),
        ("audios", "audios", ListOf(Ref("ChatAudioOutputPart"))),
        ("images", "images", ListOf(Ref("ChatImageOutputPart"))),
        ("reasoning", "reasoning", None),
        ("reasoning_content", "reasoning_content", None),
        ("refusal", "refusal", None),
        ("tool_calls", "tool_calls", ListOf(Ref("ChatToolCall"))),
        promised=2,
    )
