"""Make images from a prompt"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import to_json

if TYPE_CHECKING:
    from ...models.images_generation_request import ImagesGenerationRequest
    from ...models.images_generation_response import ImagesGenerationResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("ImagesGenerationResponse")


def _get_kwargs(*, body: ImagesGenerationRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/images/generations"}
    _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> ImagesGenerationResponse:
    result: ImagesGenerationResponse = _DECODE(data)
    return result
