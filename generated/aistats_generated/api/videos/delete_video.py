"""Delete a completed or failed video job"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.video_delete_response import VideoDeleteResponse

OPERATION: Final = "delete_video"
_DECODE: Final = Ref("VideoDeleteResponse")


def _get_kwargs(video_id: str) -> dict[str, Any]:
    return keywords(OPERATION, {"video_id": video_id})


def _parse_response(data: Any) -> VideoDeleteResponse:
    result: VideoDeleteResponse = _DECODE(data)
    return result
