from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.anthropic_content_block_source import AnthropicContentBlockSource
    from ..models.anthropic_content_block_type import AnthropicContentBlockType
    from ..models.cache_control import CacheControl


@model
class AnthropicContentBlock(ApiModel):
    cache_control: CacheControl | None = UNSET
    citations: list[Any] | None = UNSET
    content: str | None = UNSET
    id: str | None = UNSET
    input: Any = UNSET
    name: str | None = UNSET
    source: AnthropicContentBlockSource | None = UNSET
    text: str | None = UNSET
    tool_use_id: str | None = UNSET
    type: AnthropicContentBlockType | None = UNSET

    _fields = Fields(
        ("cache_control", "cache_control", Ref("CacheControl")),
        ("citations", "citations", None),
        ("content", "content", None),
        ("id", "id", None),
        ("input", "input", None),
        ("name", "name", None),
        ("source", "source", Ref("AnthropicContentBlockSource")),
        ("text", "text", None),
        ("tool_use_id", "tool_use_id", None),
        ("type", "type", None),
    )
