"""Delete a workspace"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import path_segment

if TYPE_CHECKING:
    from ...models.deleted_response import DeletedResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("DeletedResponse")


def _get_kwargs(id: str) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "delete",
        "url": "/workspaces/{id}".format(id=path_segment(id)),
    }
    return _request


def _parse_response(data: Any) -> DeletedResponse:
    result: DeletedResponse = _DECODE(data)
    return result
