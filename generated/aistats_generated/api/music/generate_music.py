"""Start a piece of music (billed; switched off since 2026-05-07)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.music_generate_request import MusicGenerateRequest
    from ...models.music_generate_response import MusicGenerateResponse

OPERATION: Final = "generate_music"
_DECODE: Final = Ref("MusicGenerateResponse")


def _get_kwargs(*, body: MusicGenerateRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> MusicGenerateResponse:
    result: MusicGenerateResponse = _DECODE(data)
    return result
