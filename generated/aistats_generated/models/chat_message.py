from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, OneOf, Ref, Variant
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.audio_content_part import AudioContentPart
    from ..models.chat_audio_output_part import ChatAudioOutputPart
    from ..models.chat_image_output_part import ChatImageOutputPart
    from ..models.chat_message_role import ChatMessageRole
    from ..models.image_content_part import ImageContentPart
    from ..models.text_content_part import TextContentPart
    from ..models.tool_call import ToolCall
    from ..models.tool_call_content_part import ToolCallContentPart
    from ..models.video_content_part import VideoContentPart


@model
class ChatMessage(ApiModel):
    role: ChatMessageRole
    annotations: list[Any] | None = UNSET
    audios: list[ChatAudioOutputPart] | None = UNSET
    content: (
        list[
            AudioContentPart
            | ImageContentPart
            | TextContentPart
            | ToolCallContentPart
            | VideoContentPart
        ]
        | str
        | None
    ) = UNSET
    images: list[ChatImageOutputPart] | None = UNSET
    name: str | None = UNSET
    reasoning_content: str | None = UNSET
    refusal: str | None = UNSET
    tool_call_id: str | None = UNSET
    tool_calls: list[ToolCall] | None = UNSET

    _fields = Fields(
        ("role", "role", None),
        ("annotations", "annotations", None),
        ("audios", "audios", ListOf(Ref("ChatAudioOutputPart"))),
        (
            "content",
            "content",
            ListOf(
                OneOf(
                    Variant(Ref("TextContentPart"), {"type": ("text",)}, ("text", "type")),
                    Variant(
                        Ref("ImageContentPart"), {"type": ("image_url",)}, ("image_url", "type")
                    ),
                    Variant(
                        Ref("AudioContentPart"), {"type": ("input_audio",)}, ("input_audio", "type")
                    ),
                    Variant(
                        Ref("VideoContentPart"), {"type": ("input_video",)}, ("type", "video_url")
                    ),
                    Variant(
                        Ref("ToolCallContentPart"),
                        {"type": ("tool_call",)},
                        ("function", "id", "type"),
                    ),
                )
            ),
        ),
        ("images", "images", ListOf(Ref("ChatImageOutputPart"))),
        ("name", "name", None),
        ("reasoning_content", "reasoning_content", None),
        ("refusal", "refusal", None),
        ("tool_call_id", "tool_call_id", None),
        ("tool_calls", "tool_calls", ListOf(Ref("ToolCall"))),
        promised=1,
    )
