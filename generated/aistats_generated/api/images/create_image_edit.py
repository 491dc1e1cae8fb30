"""Edit one or more images after a prompt"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import form_parts

if TYPE_CHECKING:
    from ...models.images_edit_request import ImagesEditRequest
    from ...models.images_edit_response import ImagesEditResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("ImagesEditResponse")


def _get_kwargs(*, body: ImagesEditRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/images/edits"}
    _request["files"] = form_parts(body)

    return _request


def _parse_response(data: Any) -> ImagesEditResponse:
    result: ImagesEditResponse = _DECODE(data)
    return result
