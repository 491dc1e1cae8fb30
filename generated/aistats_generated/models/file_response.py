from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class FileResponse(ApiModel):
    bytes: int
    created_at: int
    filename: str
    id: str
    object: str
    purpose: str
    status: str
    expires_at: int | None = UNSET
    status_details: Any = UNSET

    _fields = Fields(
        ("bytes", "bytes", None),
        ("created_at", "created_at", None),
        ("filename", "filename", None),
        ("id", "id", None),
        ("object", "object", None),
        ("purpose", "purpose", None),
        ("status", "status", None),
        ("expires_at", "expires_at", None),
        ("status_details", "status_details", None),
        promised=7,
    )
