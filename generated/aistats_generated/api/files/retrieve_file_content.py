"""Download a file"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...request import path_segment

if TYPE_CHECKING:
    pass

_REPLY: Final = "bytes"


def _get_kwargs(file_id: str) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "get",
        "url": "/files/{file_id}/content".format(file_id=path_segment(file_id)),
    }
    return _request


def _parse_response(data: Any) -> bytes:
    result: bytes = data
    return result
