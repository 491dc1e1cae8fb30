from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.create_video_download_url_body_disposition import (
        CreateVideoDownloadUrlBodyDisposition,
    )
    from ..types import Unset


@model
class CreateVideoDownloadUrlBody(ApiModel):
    disposition: CreateVideoDownloadUrlBodyDisposition | Unset = UNSET
    index: int | Unset = UNSET
    ttl_seconds: int | Unset = UNSET

    _fields = Fields(
        ("disposition", "disposition", None),
        ("index", "index", None),
        ("ttl_seconds", "ttl_seconds", None),
    )
