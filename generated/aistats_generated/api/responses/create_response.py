"""Answer an input in the responses form"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import to_json

if TYPE_CHECKING:
    from ...models.responses_request import ResponsesRequest
    from ...models.responses_response import ResponsesResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("ResponsesResponse")


def _get_kwargs(*, body: ResponsesRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/responses"}
    _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> ResponsesResponse:
    result: ResponsesResponse = _DECODE(data)
    return result
