from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.request_meta import RequestMeta
    from ..models.responses_output_item import ResponsesOutputItem
    from ..models.responses_response import ResponsesResponse
    from ..types import Unset


@model
class ResponseStreamEvent(ApiModel):
    annotation: Any | Unset = UNSET
    arguments: str | Unset = UNSET
    content_index: int | Unset = UNSET
    delta: str = UNSET
    id: str | Unset = UNSET
    item: ResponsesOutputItem = UNSET
    item_id: str | Unset = UNSET
    logprobs: list[Any] | Unset = UNSET
    meta: RequestMeta | Unset = UNSET
    name: str | Unset = UNSET
    output_index: int | Unset = UNSET
    part: Any | Unset = UNSET
    refusal: str | Unset = UNSET
    response: ResponsesResponse = UNSET
    sequence_number: int | Unset = UNSET
    summary_index: int | Unset = UNSET
    text: str | Unset = UNSET
    type: str = UNSET

    _fields = Fields(
        ("annotation", "annotation", None),
        ("arguments", "arguments", None),
        ("content_index", "content_index", None),
        ("delta", "delta", None),
        ("id", "id", None),
        ("item", "item", Ref("ResponsesOutputItem")),
        ("item_id", "item_id", None),
        ("logprobs", "logprobs", None),
        ("meta", "meta", Ref("RequestMeta")),
        ("name", "name", None),
        ("output_index", "output_index", None),
        ("part", "part", None),
        ("refusal", "refusal", None),
        ("response", "response", Ref("ResponsesResponse")),
        ("sequence_number", "sequence_number", None),
        ("summary_index", "summary_index", None),
        ("text", "text", None),
        ("type", "type", None),
        empty={"delta": "", "item": {}, "response": {}, "type": ""},
    )
