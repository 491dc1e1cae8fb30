"""Download the video of a completed job"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...request import given, path_segment
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.get_video_content_variant import GetVideoContentVariant
    from ...types import Unset

_REPLY: Final = "bytes"


def _get_kwargs(
    video_id: str,
    *,
    download_sig: str | Unset = UNSET,
    download_token: str | Unset = UNSET,
    expires_at: int | Unset = UNSET,
    index: int | Unset = UNSET,
    variant: GetVideoContentVariant | Unset = UNSET,
) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "get",
        "url": "/videos/{video_id}/content".format(video_id=path_segment(video_id)),
        "params": given(
            {
                "download_sig": download_sig,
                "download_token": download_token,
                "expires_at": expires_at,
                "index": index,
                "variant": variant,
            }
        ),
    }
    return _request


def _parse_response(data: Any) -> bytes:
    result: bytes = data
    return result
