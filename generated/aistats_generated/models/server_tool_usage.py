from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class ServerToolUsage(ApiModel):
    advisor_requests: int | Unset = UNSET
    apply_patch_requests: int | Unset = UNSET
    datetime_requests: int | Unset = UNSET
    fusion_requests: int | Unset = UNSET
    image_generation_requests: int | Unset = UNSET
    search_models_requests: int | Unset = UNSET
    subagent_requests: int | Unset = UNSET
    web_fetch_requests: int | Unset = UNSET
    web_search_requests: int | Unset = UNSET

    _fields = Fields(
        ("advisor_requests", "advisor_requests", None),
        ("apply_patch_requests", "apply_patch_requests", None),
        ("datetime_requests", "datetime_requests", None),
        ("fusion_requests", "fusion_requests", None),
        ("image_generation_requests", "image_generation_requests", None),
        ("search_models_requests", "search_models_requests", None),
        ("subagent_requests", "subagent_requests", None),
        ("web_fetch_requests", "web_fetch_requests", None),
        ("web_search_requests", "web_search_requests", None),
    )
