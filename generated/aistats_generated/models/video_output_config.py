from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.video_output_config_access import VideoOutputConfigAccess


@model
class VideoOutputConfig(ApiModel):
    access: VideoOutputConfigAccess | None = UNSET

    _fields = Fields(("access", "access", None))
