from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.video_model_capability import VideoModelCapability
    from ..types import Unset


@model
class VideoModelsResponse(ApiModel):
    data: list[VideoModelCapability] | Unset = UNSET
    object: str | Unset = UNSET

    _fields = Fields(
        ("data", "data", ListOf(Ref("VideoModelCapability"))), ("object", "object", None)
    )
