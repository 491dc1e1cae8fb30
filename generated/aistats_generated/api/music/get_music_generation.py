"""Look up a piece of music (switched off since 2026-05-07)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.music_generate_response import MusicGenerateResponse

OPERATION: Final = "get_music_generation"
_DECODE: Final = Ref("MusicGenerateResponse")


def _get_kwargs(music_id: str) -> dict[str, Any]:
    return keywords(OPERATION, {"music_id": music_id})


def _parse_response(data: Any) -> MusicGenerateResponse:
    result: MusicGenerateResponse = _DECODE(data)
    return result
