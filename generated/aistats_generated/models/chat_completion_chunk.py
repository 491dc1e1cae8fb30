from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.chat_completion_chunk_choice import ChatCompletionChunkChoice
    from ..models.chat_usage import ChatUsage
    from ..models.request_meta import RequestMeta


@model
class ChatCompletionChunk(ApiModel):
    choices: list[ChatCompletionChunkChoice] = UNSET
    created: int | None = UNSET
    id: str | None = UNSET
    meta: RequestMeta | None = UNSET
    model: str | None = UNSET
    native_response_id: str | None = UNSET
    object: str | None = UNSET
    provider: str | None = UNSET
    service_tier: str | None = UNSET
    system_fingerprint: str | None = UNSET
    usage: ChatUsage | None = UNSET

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
        ("usage", "usage", Ref("ChatUsage")),
        empty={"choices": []},
    )
