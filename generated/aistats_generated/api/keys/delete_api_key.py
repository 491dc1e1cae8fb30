"""Revoke a key"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.deleted_response import DeletedResponse

OPERATION: Final = "delete_api_key"
_DECODE: Final = Ref("DeletedResponse")


def _get_kwargs(id: str) -> dict[str, Any]:
    return keywords(OPERATION, {"id": id})


def _parse_response(data: Any) -> DeletedResponse:
    result: DeletedResponse = _DECODE(data)
    return result
