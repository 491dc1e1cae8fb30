"""Turn texts into vectors"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.embeddings_request import EmbeddingsRequest
    from ...models.embeddings_response import EmbeddingsResponse

OPERATION: Final = "create_embedding"
_DECODE: Final = Ref("EmbeddingsResponse")


def _get_kwargs(*, body: EmbeddingsRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> EmbeddingsResponse:
    result: EmbeddingsResponse = _DECODE(data)
    return result
