"""List the single requests of a batch with their results"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.batch_request_list import BatchRequestList
    from ...types import Unset

OPERATION: Final = "list_batch_requests"
_DECODE: Final = Ref("BatchRequestList")


def _get_kwargs(
    batch_id: str,
    *,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    status: str | Unset = UNSET,
) -> dict[str, Any]:
    return keywords(
        OPERATION, {"batch_id": batch_id, "limit": limit, "offset": offset, "status": status}
    )


def _parse_response(data: Any) -> BatchRequestList:
    result: BatchRequestList = _DECODE(data)
    return result
