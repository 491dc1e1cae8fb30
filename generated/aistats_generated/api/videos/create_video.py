"""Start a video job (billed)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import to_json

if TYPE_CHECKING:
    from ...models.video_generation_request import VideoGenerationRequest
    from ...models.video_generation_response import VideoGenerationResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("VideoGenerationResponse")


def _get_kwargs(*, body: VideoGenerationRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/videos"}
    _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> VideoGenerationResponse:
    result: VideoGenerationResponse = _DECODE(data)
    return result
