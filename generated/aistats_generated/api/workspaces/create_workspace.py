"""Create a workspace"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.workspace_create_request import WorkspaceCreateRequest
    from ...models.workspace_response import WorkspaceResponse

OPERATION: Final = "create_workspace"
_DECODE: Final = Ref("WorkspaceResponse")


def _get_kwargs(*, body: WorkspaceCreateRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> WorkspaceResponse:
    result: WorkspaceResponse = _DECODE(data)
    return result
