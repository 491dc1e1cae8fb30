"""Look up one past request by its gateway request id"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import given

if TYPE_CHECKING:
    from ...models.generation_response import GenerationResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("GenerationResponse")


def _get_kwargs(*, id: str) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "get", "url": "/generations", "params": given({"id": id})}
    return _request


def _parse_response(data: Any) -> GenerationResponse:
    result: GenerationResponse = _DECODE(data)
    return result
