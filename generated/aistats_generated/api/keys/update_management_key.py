"""Change a key, as gateways before 2026-04-29 do"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import path_segment, to_json

if TYPE_CHECKING:
    from ...models.api_key_response import ApiKeyResponse
    from ...models.api_key_update_request import ApiKeyUpdateRequest

_REPLY: Final = "object"
_DECODE: Final = Ref("ApiKeyResponse")


def _get_kwargs(id: str, *, body: ApiKeyUpdateRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "patch",
        "url": "/management/keys/{id}".format(id=path_segment(id)),
    }
    _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> ApiKeyResponse:
    result: ApiKeyResponse = _DECODE(data)
    return result
