"""List the video models with their parameters"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import comma_joined, given
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.video_models_response import VideoModelsResponse
    from ...types import Unset

_REPLY: Final = "object"
_DECODE: Final = Ref("VideoModelsResponse")


def _get_kwargs(*, params: list[str] | Unset = UNSET) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "get",
        "url": "/videos/models",
        "params": given({"params": comma_joined(params)}),
    }
    return _request


def _parse_response(data: Any) -> VideoModelsResponse:
    result: VideoModelsResponse = _DECODE(data)
    return result
