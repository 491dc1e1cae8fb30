"""Start a batch of requests (billed)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import to_json

if TYPE_CHECKING:
    from ...models.batch_request import BatchRequest
    from ...models.batch_response import BatchResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("BatchResponse")


def _get_kwargs(*, body: BatchRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/batches"}
    _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> BatchResponse:
    result: BatchResponse = _DECODE(data)
    return result
