"""List batches, newest first"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.batch_list_response import BatchListResponse
    from ...types import Unset

OPERATION: Final = "list_batches"
_DECODE: Final = Ref("BatchListResponse")


def _get_kwargs(
    *, limit: int | Unset = UNSET, status: list[str] | Unset = UNSET, statuses: str | Unset = UNSET
) -> dict[str, Any]:
    return keywords(OPERATION, {"limit": limit, "status": status, "statuses": statuses})


def _parse_response(data: Any) -> BatchListResponse:
    result: BatchListResponse = _DECODE(data)
    return result
