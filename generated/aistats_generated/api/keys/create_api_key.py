"""Create a key; its text is in this answer only"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import to_json

if TYPE_CHECKING:
    from ...models.api_key_create_request import ApiKeyCreateRequest
    from ...models.api_key_with_value_response import ApiKeyWithValueResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("ApiKeyWithValueResponse")


def _get_kwargs(*, body: ApiKeyCreateRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/keys"}
    _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> ApiKeyWithValueResponse:
    result: ApiKeyWithValueResponse = _DECODE(data)
    return result
