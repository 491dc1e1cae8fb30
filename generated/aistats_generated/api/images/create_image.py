"""Make images from a prompt"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.images_generation_request import ImagesGenerationRequest
    from ...models.images_generation_response import ImagesGenerationResponse

OPERATION: Final = "create_image"
_DECODE: Final = Ref("ImagesGenerationResponse")


def _get_kwargs(*, body: ImagesGenerationRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> ImagesGenerationResponse:
    result: ImagesGenerationResponse = _DECODE(data)
    return result
