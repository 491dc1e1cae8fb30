"""Start a piece of music (billed; switched off since 2026-05-07)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import to_json

if TYPE_CHECKING:
    from ...models.music_generate_request import MusicGenerateRequest
    from ...models.music_generate_response import MusicGenerateResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("MusicGenerateResponse")


def _get_kwargs(*, body: MusicGenerateRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/music/generate"}
    _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> MusicGenerateResponse:
    result: MusicGenerateResponse = _DECODE(data)
    return result
