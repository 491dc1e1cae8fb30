"""Classify texts and images by harmful content"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import to_json

if TYPE_CHECKING:
    from ...models.moderations_request import ModerationsRequest
    from ...models.moderations_response import ModerationsResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("ModerationsResponse")


def _get_kwargs(*, body: ModerationsRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/moderations"}
    _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> ModerationsResponse:
    result: ModerationsResponse = _DECODE(data)
    return result
