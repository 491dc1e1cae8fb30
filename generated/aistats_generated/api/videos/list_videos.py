"""List video jobs, newest first; always send a limit"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.list_videos_order import ListVideosOrder
    from ...models.video_list_response import VideoListResponse
    from ...types import Unset

OPERATION: Final = "list_videos"
_DECODE: Final = Ref("VideoListResponse")


def _get_kwargs(
    *,
    after: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    order: ListVideosOrder | Unset = UNSET,
    status: list[str] | Unset = UNSET,
) -> dict[str, Any]:
    return keywords(OPERATION, {"after": after, "limit": limit, "order": order, "status": status})


def _parse_response(data: Any) -> VideoListResponse:
    result: VideoListResponse = _DECODE(data)
    return result
