"""Show the key that makes this call"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.api_key_response import ApiKeyResponse

OPERATION: Final = "get_current_api_key"
_DECODE: Final = Ref("ApiKeyResponse")


def _get_kwargs() -> dict[str, Any]:
    return keywords(OPERATION, {})


def _parse_response(data: Any) -> ApiKeyResponse:
    result: ApiKeyResponse = _DECODE(data)
    return result
