from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import File


@model
class FileUploadRequest(ApiModel):
    file: File
    purpose: str

    _fields = Fields(("file", "file", None), ("purpose", "purpose", None), promised=2)
