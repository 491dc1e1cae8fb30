"""Look up a workspace"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.workspace_response import WorkspaceResponse

OPERATION: Final = "get_workspace"
_DECODE: Final = Ref("WorkspaceResponse")


def _get_kwargs(id: str) -> dict[str, Any]:
    return keywords(OPERATION, {"id": id})


def _parse_response(data: Any) -> WorkspaceResponse:
    result: WorkspaceResponse = _DECODE(data)
    return result
