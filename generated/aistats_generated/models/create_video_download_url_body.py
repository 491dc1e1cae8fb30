from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.create_video_download_url_body_disposition import (
        CreateVideoDownloadUrlBodyDisposition,
    )


@model
class CreateVideoDownloadUrlBody(ApiModel):
    disposition: CreateVideoDownloadUrlBodyDisposition | None = UNSET
    index: int | None = UNSET
    ttl_seconds: int | None = UNSET

    _fields = Fields(
        ("disposition", "disposition", None),
        ("index", "index", None),
        ("ttl_seconds", "ttl_seconds", None),
    )
