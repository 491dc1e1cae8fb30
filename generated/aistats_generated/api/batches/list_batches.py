"""List batches, newest first"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import given
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.batch_list_response import BatchListResponse
    from ...types import Unset

_REPLY: Final = "object"
_DECODE: Final = Ref("BatchListResponse")


def _get_kwargs(
    *, limit: int | Unset = UNSET, status: list[str] | Unset = UNSET, statuses: str | Unset = UNSET
) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "get",
        "url": "/batches",
        "params": given({"limit": limit, "status": status, "statuses": statuses}),
    }
    return _request


def _parse_response(data: Any) -> BatchListResponse:
    result: BatchListResponse = _DECODE(data)
    return result
