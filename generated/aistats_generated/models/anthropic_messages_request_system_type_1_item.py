from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.anthropic_messages_request_system_type_1_item_type import (
        AnthropicMessagesRequestSystemType1ItemType,
    )
    from ..models.cache_control import CacheControl


@model
class AnthropicMessagesRequestSystemType1Item(ApiModel):
    cache_control: CacheControl | None = UNSET
    text: str | None = UNSET
    type: AnthropicMessagesRequestSystemType1ItemType | None = UNSET

    _fields = Fields(
        ("cache_control", "cache_control", Ref("CacheControl")),
        ("text", "text", None),
        ("type", "type", None),
    )
