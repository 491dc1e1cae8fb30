"""Read the text in an image"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import to_json

if TYPE_CHECKING:
    from ...models.ocr_request import OcrRequest
    from ...models.ocr_response import OcrResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("OcrResponse")


def _get_kwargs(*, body: OcrRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/ocr"}
    _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> OcrResponse:
    result: OcrResponse = _DECODE(data)
    return result
