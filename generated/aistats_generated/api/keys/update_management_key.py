"""Change a key, as gateways before 2026-04-29 do"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.api_key_response import ApiKeyResponse
    from ...models.api_key_update_request import ApiKeyUpdateRequest

OPERATION: Final = "update_management_key"
_DECODE: Final = Ref("ApiKeyResponse")


def _get_kwargs(id: str, *, body: ApiKeyUpdateRequest) -> dict[str, Any]:
    return keywords(OPERATION, {"id": id}, body)


def _parse_response(data: Any) -> ApiKeyResponse:
    result: ApiKeyResponse = _DECODE(data)
    return result
