from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.moderation_result import ModerationResult
    from ..models.moderations_response_meta import ModerationsResponseMeta
    from ..models.usage import Usage


@model
class ModerationsResponse(ApiModel):
    id: str
    model: str
    object: str
    results: list[ModerationResult]
    usage: Usage
    meta: ModerationsResponseMeta | None = UNSET
    native_response_id: str | None = UNSET

    _fields = Fields(
        ("id", "id", None),
        ("model", "model", None),
        ("object", "object", None),
        ("results", "results", ListOf(Ref("ModerationResult"))),
        ("usage", "usage", Ref("Usage")),
        ("meta", "meta", Ref("ModerationsResponseMeta")),
        ("native_response_id", "nativeResponseId", None),
        promised=5,
    )
