"""Cancel a batch that has not ended"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.batch_response import BatchResponse

OPERATION: Final = "cancel_batch"
_DECODE: Final = Ref("BatchResponse")


def _get_kwargs(batch_id: str) -> dict[str, Any]:
    return keywords(OPERATION, {"batch_id": batch_id})


def _parse_response(data: Any) -> BatchResponse:
    result: BatchResponse = _DECODE(data)
    return result
