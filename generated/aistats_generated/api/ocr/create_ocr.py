"""Read the text in an image"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.ocr_request import OcrRequest
    from ...models.ocr_response import OcrResponse

OPERATION: Final = "create_ocr"
_DECODE: Final = Ref("OcrResponse")


def _get_kwargs(*, body: OcrRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> OcrResponse:
    result: OcrResponse = _DECODE(data)
    return result
