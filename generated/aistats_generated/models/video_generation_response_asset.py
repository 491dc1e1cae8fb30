from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class VideoGenerationResponseAsset(ApiModel):
    bytes: int | None = UNSET
    duration_seconds: float | None = UNSET
    height: int | None = UNSET
    id: str | None = UNSET
    mime_type: str | None = UNSET
    sha256: str | None = UNSET
    width: int | None = UNSET

    _fields = Fields(
        ("bytes", "bytes", None),
        ("duration_seconds", "duration_seconds", None),
        ("height", "height", None),
        ("id", "id", None),
        ("mime_type", "mime_type", None),
        ("sha256", "sha256", None),
        ("width", "width", None),
    )
