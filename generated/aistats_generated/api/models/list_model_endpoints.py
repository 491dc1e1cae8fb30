"""List who serves a model, at which price and with which limits"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.list_model_endpoints_availability import ListModelEndpointsAvailability
    from ...models.model_endpoints_response import ModelEndpointsResponse
    from ...types import Unset

OPERATION: Final = "list_model_endpoints"
_DECODE: Final = Ref("ModelEndpointsResponse")


def _get_kwargs(
    author: str,
    slug: str,
    *,
    availability: ListModelEndpointsAvailability | Unset = UNSET,
    capability_status: list[str] | Unset = UNSET,
    model_routing_status: list[str] | Unset = UNSET,
    provider: list[str] | Unset = UNSET,
    provider_availability_reason: list[str] | Unset = UNSET,
    provider_availability_status: list[str] | Unset = UNSET,
    provider_routing_status: list[str] | Unset = UNSET,
    provider_status: list[str] | Unset = UNSET,
    status: list[str] | Unset = UNSET,
    supported_parameters: list[str] | Unset = UNSET,
) -> dict[str, Any]:
    return keywords(
        OPERATION,
        {
            "author": author,
            "slug": slug,
            "availability": availability,
            "capability_status": capability_status,
            "model_routing_status": model_routing_status,
            "provider": provider,
            "provider_availability_reason": provider_availability_reason,
            "provider_availability_status": provider_availability_status,
            "provider_routing_status": provider_routing_status,
            "provider_status": provider_status,
            "status": status,
            "supported_parameters": supported_parameters,
        },
    )


def _parse_response(data: Any) -> ModelEndpointsResponse:
    result: ModelEndpointsResponse = _DECODE(data)
    return result
