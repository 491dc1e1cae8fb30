"""Try to list the files of batches (the gateway refuses with 400)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.list_files_response import ListFilesResponse

OPERATION: Final = "list_batch_files"
_DECODE: Final = Ref("ListFilesResponse")


def _get_kwargs() -> dict[str, Any]:
    return keywords(OPERATION, {})


def _parse_response(data: Any) -> ListFilesResponse:
    result: ListFilesResponse = _DECODE(data)
    return result
