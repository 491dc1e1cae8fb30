from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class MessageStreamDelta(ApiModel):
    citation: Any = UNSET
    partial_json: str = UNSET
    signature: str = UNSET
    stop_reason: str | None = UNSET
    stop_sequence: str | None = UNSET
    text: str = UNSET
    thinking: str = UNSET
    type: str = UNSET

    _fields = Fields(
        ("citation", "citation", None),
        ("partial_json", "partial_json", None),
        ("signature", "signature", None),
        ("stop_reason", "stop_reason", None),
        ("stop_sequence", "stop_sequence", None),
        ("text", "text", None),
        ("thinking", "thinking", None),
        ("type", "type", None),
        empty={"partial_json": "", "signature": "", "text": "", "thinking": "", "type": ""},
    )
