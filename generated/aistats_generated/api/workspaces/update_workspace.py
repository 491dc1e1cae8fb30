"""Change a workspace"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import path_segment, to_json

if TYPE_CHECKING:
    from ...models.workspace_response import WorkspaceResponse
    from ...models.workspace_update_request import WorkspaceUpdateRequest

_REPLY: Final = "object"
_DECODE: Final = Ref("WorkspaceResponse")


def _get_kwargs(id: str, *, body: WorkspaceUpdateRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "patch",
        "url": "/workspaces/{id}".format(id=path_segment(id)),
    }
    _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> WorkspaceResponse:
    result: WorkspaceResponse = _DECODE(data)
    return result
