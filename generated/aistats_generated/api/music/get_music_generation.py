"""Look up a piece of music (switched off since 2026-05-07)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import path_segment

if TYPE_CHECKING:
    from ...models.music_generate_response import MusicGenerateResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("MusicGenerateResponse")


def _get_kwargs(music_id: str) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "get",
        "url": "/music/generate/{music_id}".format(music_id=path_segment(music_id)),
    }
    return _request


def _parse_response(data: Any) -> MusicGenerateResponse:
    result: MusicGenerateResponse = _DECODE(data)
    return result
