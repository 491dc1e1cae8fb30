from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.chat_audio_output_part import ChatAudioOutputPart
    from ..models.chat_image_output_part import ChatImageOutputPart
    from ..models.tool_call_delta import ToolCallDelta


@model
class ChatCompletionDelta(ApiModel):
    annotations: list[Any] | None = UNSET
    audio: Any = UNSET
    audios: list[ChatAudioOutputPart] | None = UNSET
    content: str | None = UNSET
    images: list[ChatImageOutputPart] | None = UNSET
    reasoning: str | None = UNSET
    reasoning_content: str | None = UNSET
    refusal: str | None = UNSET
    role: str | None = UNSET
    tool_calls: list[ToolCallDelta] | None = UNSET

    _fields = Fields(
        ("annotations", "annotations", None),
        ("audio", "audio", None),
        ("audios", "audios", ListOf(Ref("ChatAudioOutputPart"))),
        ("content", "content", None),
        ("images", "images", ListOf(Ref("ChatImageOutputPart"))),
        ("reasoning", "reasoning", None),
        ("reasoning_content", "reasoning_content", None),
        ("refusal", "refusal", None),
        ("role", "role", None),
        ("tool_calls", "tool_calls", ListOf(Ref("ToolCallDelta"))),
    )
