"""Make a signed download address that needs no key"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import path_segment, to_json
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.create_video_download_url_body import CreateVideoDownloadUrlBody
    from ...models.video_download_url import VideoDownloadUrl
    from ...types import Unset

_REPLY: Final = "object"
_DECODE: Final = Ref("VideoDownloadUrl")


def _get_kwargs(
    video_id: str, *, body: CreateVideoDownloadUrlBody | Unset = UNSET
) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "post",
        "url": "/videos/{video_id}/download_url".format(video_id=path_segment(video_id)),
    }
    if body is not UNSET:
        _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> VideoDownloadUrl:
    result: VideoDownloadUrl = _DECODE(data)
    return result
