"""Create a workspace"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import to_json

if TYPE_CHECKING:
    from ...models.workspace_create_request import WorkspaceCreateRequest
    from ...models.workspace_response import WorkspaceResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("WorkspaceResponse")


def _get_kwargs(*, body: WorkspaceCreateRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/workspaces"}
    _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> WorkspaceResponse:
    result: WorkspaceResponse = _DECODE(data)
    return result
