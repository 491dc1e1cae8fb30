"""List the video models with their parameters"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.video_models_response import VideoModelsResponse
    from ...types import Unset

OPERATION: Final = "list_video_models"
_DECODE: Final = Ref("VideoModelsResponse")


def _get_kwargs(*, params: list[str] | Unset = UNSET) -> dict[str, Any]:
    return keywords(OPERATION, {"params": params})


def _parse_response(data: Any) -> VideoModelsResponse:
    result: VideoModelsResponse = _DECODE(data)
    return result
