"""Turn texts into vectors"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import to_json

if TYPE_CHECKING:
    from ...models.embeddings_request import EmbeddingsRequest
    from ...models.embeddings_response import EmbeddingsResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("EmbeddingsResponse")


def _get_kwargs(*, body: EmbeddingsRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/embeddings"}
    _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> EmbeddingsResponse:
    result: EmbeddingsResponse = _DECODE(data)
    return result
