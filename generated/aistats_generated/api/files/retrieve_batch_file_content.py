"""Download a file of a batch"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...request import keywords

if TYPE_CHECKING:
    pass

OPERATION: Final = "retrieve_batch_file_content"


def _get_kwargs(file_id: str) -> dict[str, Any]:
    return keywords(OPERATION, {"file_id": file_id})


def _parse_response(data: Any) -> bytes:
    result: bytes = data
    return result
