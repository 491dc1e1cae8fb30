"""List the prices of all models"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.price_list import PriceList

OPERATION: Final = "list_pricing_models"
_DECODE: Final = Ref("PriceList")


def _get_kwargs() -> dict[str, Any]:
    return keywords(OPERATION, {})


def _parse_response(data: Any) -> PriceList:
    result: PriceList = _DECODE(data)
    return result
