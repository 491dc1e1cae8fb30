"""Look up one past request by its gateway request id"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.generation_response import GenerationResponse

OPERATION: Final = "get_generation"
_DECODE: Final = Ref("GenerationResponse")


def _get_kwargs(*, id: str) -> dict[str, Any]:
    return keywords(OPERATION, {"id": id})


def _parse_response(data: Any) -> GenerationResponse:
    result: GenerationResponse = _DECODE(data)
    return result
