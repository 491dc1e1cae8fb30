"""Check that the gateway is up; needs no key"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.health import Health

OPERATION: Final = "get_health"
_DECODE: Final = Ref("Health")


def _get_kwargs() -> dict[str, Any]:
    return keywords(OPERATION, {})


def _parse_response(data: Any) -> Health:
    result: Health = _DECODE(data)
    return result
