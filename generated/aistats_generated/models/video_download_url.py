from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class VideoDownloadUrl(ApiModel):
    download_url: str | Unset = UNSET
    expires_at: int | Unset = UNSET

    _fields = Fields(("download_url", "download_url", None), ("expires_at", "expires_at", None))
