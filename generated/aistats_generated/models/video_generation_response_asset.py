from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class VideoGenerationResponseAsset(ApiModel):
    bytes: int | None | Unset = UNSET
    duration_seconds: float | None | Unset = UNSET
    height: int | None | Unset = UNSET
    id: str | Unset = UNSET
    mime_type: str | Unset = UNSET
    sha256: None | str | Unset = UNSET
    width: int | None | Unset = UNSET

    _fields = Fields(
        ("bytes", "bytes", None),
        ("duration_seconds", "duration_seconds", None),
        ("height", "height", None),
        ("id", "id", None),
        ("mime_type", "mime_type", None),
        ("sha256", "sha256", None),
        ("width", "width", None),
    )
