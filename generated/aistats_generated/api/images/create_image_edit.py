"""Edit one or more images after a prompt"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.images_edit_request import ImagesEditRequest
    from ...models.images_edit_response import ImagesEditResponse

OPERATION: Final = "create_image_edit"
_DECODE: Final = Ref("ImagesEditResponse")


def _get_kwargs(*, body: ImagesEditRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> ImagesEditResponse:
    result: ImagesEditResponse = _DECODE(data)
    return result
