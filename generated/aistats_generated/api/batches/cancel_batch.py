"""Cancel a batch that has not ended"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import path_segment

if TYPE_CHECKING:
    from ...models.batch_response import BatchResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("BatchResponse")


def _get_kwargs(batch_id: str) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "post",
        "url": "/batches/{batch_id}/cancel".format(batch_id=path_segment(batch_id)),
    }
    return _request


def _parse_response(data: Any) -> BatchResponse:
    result: BatchResponse = _DECODE(data)
    return result
