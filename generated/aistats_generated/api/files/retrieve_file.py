"""Look up a file"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import path_segment

if TYPE_CHECKING:
    from ...models.file_response import FileResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("FileResponse")


def _get_kwargs(file_id: str) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "get",
        "url": "/files/{file_id}".format(file_id=path_segment(file_id)),
    }
    return _request


def _parse_response(data: Any) -> FileResponse:
    result: FileResponse = _DECODE(data)
    return result
