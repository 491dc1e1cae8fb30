from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class VideoOutput(ApiModel):
    bytes_available: bool
    index: int
    mime_type: str
    content_url: str | None = UNSET
    download_url: str | None = UNSET
    expires_at: int | None = UNSET

    _fields = Fields(
        ("bytes_available", "bytes_available", None),
        ("index", "index", None),
        ("mime_type", "mime_type", None),
        ("content_url", "content_url", None),
        ("download_url", "download_url", None),
        ("expires_at", "expires_at", None),
        promised=3,
    )
