"""List the workspace's recent requests with their cost and latency"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.workspace_activity_response import WorkspaceActivityResponse
    from ...types import Unset

OPERATION: Final = "get_activity"
_DECODE: Final = Ref("WorkspaceActivityResponse")


def _get_kwargs(
    *,
    days: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    workspace_id: str | Unset = UNSET,
) -> dict[str, Any]:
    return keywords(
        OPERATION, {"days": days, "limit": limit, "offset": offset, "workspace_id": workspace_id}
    )


def _parse_response(data: Any) -> WorkspaceActivityResponse:
    result: WorkspaceActivityResponse = _DECODE(data)
    return result
