from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.anthropic_content_block_source import AnthropicContentBlockSource
    from ..models.anthropic_content_block_type import AnthropicContentBlockType
    from ..models.cache_control import CacheControl
    from ..types import Unset


@model
class AnthropicContentBlock(ApiModel):
    cache_control: CacheControl | Unset = UNSET
    citations: list[Any] | None | Unset = UNSET
    content: str | Unset = UNSET
    id: str | Unset = UNSET
    input: Any | Unset = UNSET
    name: str | Unset = UNSET
    source: AnthropicContentBlockSource | Unset = UNSET
    text: str | Unset = UNSET
    tool_use_id: str | Unset = UNSET
    type: AnthropicContentBlockType | Unset = UNSET

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
