from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.file_response import FileResponse


@model
class ListFilesResponse(ApiModel):
    data: list[FileResponse]
    object: str

    _fields = Fields(
        ("data", "data", ListOf(Ref("FileResponse"))), ("object", "object", None), promised=2
    )
