from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.anthropic_content_block import AnthropicContentBlock
    from ..models.anthropic_message_role import AnthropicMessageRole


@model
class AnthropicMessage(ApiModel):
    content: list[AnthropicContentBlock] | str
    role: AnthropicMessageRole

    _fields = Fields(
        ("content", "content", ListOf(Ref("AnthropicContentBlock"))),
        ("role", "role", None),
        promised=2,
    )
