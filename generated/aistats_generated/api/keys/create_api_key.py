"""Create a key; its text is in this answer only"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.api_key_create_request import ApiKeyCreateRequest
    from ...models.api_key_with_value_response import ApiKeyWithValueResponse

OPERATION: Final = "create_api_key"
_DECODE: Final = Ref("ApiKeyWithValueResponse")


def _get_kwargs(*, body: ApiKeyCreateRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> ApiKeyWithValueResponse:
    result: ApiKeyWithValueResponse = _DECODE(data)
    return result
