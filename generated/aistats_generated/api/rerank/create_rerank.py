"""Order documents by how well they answer a query"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.rerank_request import RerankRequest
    from ...models.rerank_response import RerankResponse

OPERATION: Final = "create_rerank"
_DECODE: Final = Ref("RerankResponse")


def _get_kwargs(*, body: RerankRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> RerankResponse:
    result: RerankResponse = _DECODE(data)
    return result
