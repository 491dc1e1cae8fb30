"""List the caller's workspaces"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.workspace_list_response import WorkspaceListResponse
    from ...types import Unset

OPERATION: Final = "list_workspaces"
_DECODE: Final = Ref("WorkspaceListResponse")


def _get_kwargs(*, limit: int | Unset = UNSET, offset: int | Unset = UNSET) -> dict[str, Any]:
    return keywords(OPERATION, {"limit": limit, "offset": offset})


def _parse_response(data: Any) -> WorkspaceListResponse:
    result: WorkspaceListResponse = _DECODE(data)
    return result
