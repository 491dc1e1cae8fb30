"""Make a signed download address that needs no key"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.create_video_download_url_body import CreateVideoDownloadUrlBody
    from ...models.video_download_url import VideoDownloadUrl
    from ...types import Unset

OPERATION: Final = "create_video_download_url"
_DECODE: Final = Ref("VideoDownloadUrl")


def _get_kwargs(
    video_id: str, *, body: CreateVideoDownloadUrlBody | Unset = UNSET
) -> dict[str, Any]:
    return keywords(OPERATION, {"video_id": video_id}, body)


def _parse_response(data: Any) -> VideoDownloadUrl:
    result: VideoDownloadUrl = _DECODE(data)
    return result
