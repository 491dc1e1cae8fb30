from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.anthropic_content_block import AnthropicContentBlock
    from ..models.anthropic_messages_response import AnthropicMessagesResponse
    from ..models.anthropic_usage import AnthropicUsage
    from ..models.message_stream_delta import MessageStreamDelta
    from ..models.request_meta import RequestMeta
    from ..types import Unset


@model
class MessageStreamEvent(ApiModel):
    content_block: AnthropicContentBlock = UNSET
    delta: MessageStreamDelta = UNSET
    index: int | Unset = UNSET
    message: AnthropicMessagesResponse = UNSET
    meta: RequestMeta | Unset = UNSET
    type: str = UNSET
    usage: AnthropicUsage | None | Unset = UNSET

    _fields = Fields(
        ("content_block", "content_block", Ref("AnthropicContentBlock")),
        ("delta", "delta", Ref("MessageStreamDelta")),
        ("index", "index", None),
        ("message", "message", Ref("AnthropicMessagesResponse")),
        ("meta", "meta", Ref("RequestMeta")),
        ("type", "type", None),
        ("usage", "usage", Ref("AnthropicUsage")),
        empty={"content_block": {}, "delta": {}, "message": {}, "type": ""},
    )
