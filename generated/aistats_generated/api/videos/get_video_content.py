"""Download the video of a completed job"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.get_video_content_variant import GetVideoContentVariant
    from ...types import Unset

OPERATION: Final = "get_video_content"


def _get_kwargs(
    video_id: str,
    *,
    download_sig: str | Unset = UNSET,
    download_token: str | Unset = UNSET,
    expires_at: int | Unset = UNSET,
    index: int | Unset = UNSET,
    variant: GetVideoContentVariant | Unset = UNSET,
) -> dict[str, Any]:
    return keywords(
        OPERATION,
        {
            "video_id": video_id,
            "download_sig": download_sig,
            "download_token": download_token,
            "expires_at": expires_at,
            "index": index,
            "variant": variant,
        },
    )


def _parse_response(data: Any) -> bytes:
    result: bytes = data
    return result
