from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.moderation_result import ModerationResult
    from ..models.moderations_response_meta import ModerationsResponseMeta
    from ..models.usage import Usage
    from ..types import Unset


@model
class ModerationsResponse(ApiModel):
    id: str | Unset = UNSET
    meta: ModerationsResponseMeta | Unset = UNSET
    model: str | Unset = UNSET
    native_response_id: None | str | Unset = UNSET
    object: str | Unset = UNSET
    results: list[ModerationResult] | Unset = UNSET
    usage: Usage | Unset = UNSET

    _fields = Fields(
        ("id", "id", None),
        ("meta", "meta", Ref("ModerationsResponseMeta")),
        ("model", "model", None),
        ("native_response_id", "nativeResponseId", None),
        ("object", "object", None),
        ("results", "results", ListOf(Ref("ModerationResult"))),
        ("usage", "usage", Ref("Usage")),
    )
