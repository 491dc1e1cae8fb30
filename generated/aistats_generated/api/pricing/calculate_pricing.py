"""Work out the price of a given usage"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.calculate_pricing_body import CalculatePricingBody
    from ...models.price_estimate import PriceEstimate

OPERATION: Final = "calculate_pricing"
_DECODE: Final = Ref("PriceEstimate")


def _get_kwargs(*, body: CalculatePricingBody) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> PriceEstimate:
    result: PriceEstimate = _DECODE(data)
    return result
