"""List the prices of all models"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref

if TYPE_CHECKING:
    from ...models.price_list import PriceList

_REPLY: Final = "object"
_DECODE: Final = Ref("PriceList")


def _get_kwargs() -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "get", "url": "/pricing/models"}
    return _request


def _parse_response(data: Any) -> PriceList:
    result: PriceList = _DECODE(data)
    return result
