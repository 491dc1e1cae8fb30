from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class VideoOutput(ApiModel):
    bytes_available: bool | Unset = UNSET
    content_url: str | Unset = UNSET
    download_url: str | Unset = UNSET
    expires_at: int | Unset = UNSET
    index: int | Unset = UNSET
    mime_type: str | Unset = UNSET

    _fields = Fields(
        ("bytes_available", "bytes_available", None),
        ("content_url", "content_url", None),
        ("download_url", "download_url", None),
        ("expires_at", "expires_at", None),
        ("index", "index", None),
        ("mime_type", "mime_type", None),
    )
