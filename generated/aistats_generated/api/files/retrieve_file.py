"""Look up a file"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.file_response import FileResponse

OPERATION: Final = "retrieve_file"
_DECODE: Final = Ref("FileResponse")


def _get_kwargs(file_id: str) -> dict[str, Any]:
    return keywords(OPERATION, {"file_id": file_id})


def _parse_response(data: Any) -> FileResponse:
    result: FileResponse = _DECODE(data)
    return result
