"""Try to cancel a video job (the gateway answers 501)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import path_segment

if TYPE_CHECKING:
    from ...models.video_generation_response import VideoGenerationResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("VideoGenerationResponse")


def _get_kwargs(video_id: str) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "post",
        "url": "/videos/{video_id}/cancel".format(video_id=path_segment(video_id)),
    }
    return _request


def _parse_response(data: Any) -> VideoGenerationResponse:
    result: VideoGenerationResponse = _DECODE(data)
    return result
