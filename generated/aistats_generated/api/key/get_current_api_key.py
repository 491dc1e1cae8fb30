"""Show the key that makes this call"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref

if TYPE_CHECKING:
    from ...models.api_key_response import ApiKeyResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("ApiKeyResponse")


def _get_kwargs() -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "get", "url": "/key"}
    return _request


def _parse_response(data: Any) -> ApiKeyResponse:
    result: ApiKeyResponse = _DECODE(data)
    return result
