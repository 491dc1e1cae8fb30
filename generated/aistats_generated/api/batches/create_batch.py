"""Start a batch of requests (billed)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.batch_request import BatchRequest
    from ...models.batch_response import BatchResponse

OPERATION: Final = "create_batch"
_DECODE: Final = Ref("BatchResponse")


def _get_kwargs(*, body: BatchRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> BatchResponse:
    result: BatchResponse = _DECODE(data)
    return result
