"""Check that the gateway is up; needs no key"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref

if TYPE_CHECKING:
    from ...models.health import Health

_REPLY: Final = "object"
_DECODE: Final = Ref("Health")


def _get_kwargs() -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "get", "url": "/health"}
    return _request


def _parse_response(data: Any) -> Health:
    result: Health = _DECODE(data)
    return result
