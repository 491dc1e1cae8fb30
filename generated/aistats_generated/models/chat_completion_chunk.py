from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.chat_completion_chunk_choice import ChatCompletionChunkChoice
    from ..models.request_meta import RequestMeta
    from ..models.usage import Usage
    from ..types import Unset


@model
class ChatCompletionChunk(ApiModel):
    choices: list[ChatCompletionChunkChoice] = UNSET
    created: int | Unset = UNSET
    id: str | Unset = UNSET
    meta: RequestMeta | Unset = UNSET
    model: str | Unset = UNSET
    native_response_id: None | str | Unset = UNSET
    object: str | Unset = UNSET
    provider: str | Unset = UNSET
    service_tier: None | str | Unset = UNSET
    system_fingerprint: None | str | Unset = UNSET
    usage: None | Unset | Usage = UNSET

    _fields = Fields(
        ("choices", "choices", ListOf(Ref("ChatCompletionChunkChoice"))),
        ("created", "created", None),
        ("id", "id", None),
        ("meta", "meta", Ref("RequestMeta")),
        ("model", "model", None),
        ("native_response_id", "nativeResponseId", None),
        ("object", "object", None),
        ("provider", "provider", None),
        ("service_tier", "service_tier", None),
        ("system_fingerprint", "system_fingerprint", None),
        ("usage", "usage", Ref("Usage")),
        empty={"choices": []},
    )
