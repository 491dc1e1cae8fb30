from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class FileResponse(ApiModel):
    bytes: int | Unset = UNSET
    created_at: int | Unset = UNSET
    expires_at: int | None | Unset = UNSET
    filename: str | Unset = UNSET
    id: str | Unset = UNSET
    object: str | Unset = UNSET
    purpose: str | Unset = UNSET
    status: str | Unset = UNSET
    status_details: Any | Unset = UNSET

    _fields = Fields(
        ("bytes", "bytes", None),
        ("created_at", "created_at", None),
        ("expires_at", "expires_at", None),
        ("filename", "filename", None),
        ("id", "id", None),
        ("object", "object", None),
        ("purpose", "purpose", None),
        ("status", "status", None),
        ("status_details", "status_details", None),
    )
