"""Start a video job (billed)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.video_generation_request import VideoGenerationRequest
    from ...models.video_generation_response import VideoGenerationResponse

OPERATION: Final = "create_video"
_DECODE: Final = Ref("VideoGenerationResponse")


def _get_kwargs(*, body: VideoGenerationRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> VideoGenerationResponse:
    result: VideoGenerationResponse = _DECODE(data)
    return result
