"""Try to cancel a video job (the gateway answers 501)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.video_generation_response import VideoGenerationResponse

OPERATION: Final = "cancel_video"
_DECODE: Final = Ref("VideoGenerationResponse")


def _get_kwargs(video_id: str) -> dict[str, Any]:
    return keywords(OPERATION, {"video_id": video_id})


def _parse_response(data: Any) -> VideoGenerationResponse:
    result: VideoGenerationResponse = _DECODE(data)
    return result
