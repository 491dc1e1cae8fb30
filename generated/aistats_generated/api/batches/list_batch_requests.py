"""List the single requests of a batch with their results"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import given, path_segment
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.batch_request_list import BatchRequestList
    from ...types import Unset

_REPLY: Final = "object"
_DECODE: Final = Ref("BatchRequestList")


def _get_kwargs(
    batch_id: str,
    *,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    status: str | Unset = UNSET,
) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "get",
        "url": "/batches/{batch_id}/requests".format(batch_id=path_segment(batch_id)),
        "params": given({"limit": limit, "offset": offset, "status": status}),
    }
    return _request


def _parse_response(data: Any) -> BatchRequestList:
    result: BatchRequestList = _DECODE(data)
    return result
