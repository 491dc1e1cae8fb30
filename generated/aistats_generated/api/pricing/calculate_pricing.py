"""Work out the price of a given usage"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import to_json

if TYPE_CHECKING:
    from ...models.calculate_pricing_body import CalculatePricingBody
    from ...models.price_estimate import PriceEstimate

_REPLY: Final = "object"
_DECODE: Final = Ref("PriceEstimate")


def _get_kwargs(*, body: CalculatePricingBody) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/pricing/calculate"}
    _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> PriceEstimate:
    result: PriceEstimate = _DECODE(data)
    return result
