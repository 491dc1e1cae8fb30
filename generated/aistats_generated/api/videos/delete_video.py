"""Delete a completed or failed video job"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import path_segment

if TYPE_CHECKING:
    from ...models.video_delete_response import VideoDeleteResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("VideoDeleteResponse")


def _get_kwargs(video_id: str) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "delete",
        "url": "/videos/{video_id}".format(video_id=path_segment(video_id)),
    }
    return _request


def _parse_response(data: Any) -> VideoDeleteResponse:
    result: VideoDeleteResponse = _DECODE(data)
    return result
