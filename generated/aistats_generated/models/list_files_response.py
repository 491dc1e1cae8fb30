from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.file_response import FileResponse
    from ..types import Unset


@model
class ListFilesResponse(ApiModel):
    data: list[FileResponse] | Unset = UNSET
    object: str | Unset = UNSET

    _fields = Fields(("data", "data", ListOf(Ref("FileResponse"))), ("object", "object", None))
