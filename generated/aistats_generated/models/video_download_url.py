from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class VideoDownloadUrl(ApiModel):
    download_url: str
    expires_at: int

    _fields = Fields(
        ("download_url", "download_url", None), ("expires_at", "expires_at", None), promised=2
    )
