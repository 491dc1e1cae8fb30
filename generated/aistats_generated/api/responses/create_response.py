"""Answer an input in the responses form"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.responses_request import ResponsesRequest
    from ...models.responses_response import ResponsesResponse

OPERATION: Final = "create_response"
_DECODE: Final = Ref("ResponsesResponse")


def _get_kwargs(*, body: ResponsesRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> ResponsesResponse:
    result: ResponsesResponse = _DECODE(data)
    return result
