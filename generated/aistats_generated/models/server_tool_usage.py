from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ServerToolUsage(ApiModel):
    advisor_requests: int | None = UNSET
    apply_patch_requests: int | None = UNSET
    datetime_requests: int | None = UNSET
    fusion_requests: int | None = UNSET
    image_generation_requests: int | None = UNSET
    search_models_requests: int | None = UNSET
    subagent_requests: int | None = UNSET
    web_fetch_requests: int | None = UNSET
    web_search_requests: int | None = UNSET

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
