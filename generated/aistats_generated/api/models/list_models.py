"""List the models of the catalogue"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.gateway_models_response import GatewayModelsResponse
    from ...models.list_models_availability import ListModelsAvailability
    from ...models.list_models_feed import ListModelsFeed
    from ...models.list_models_format import ListModelsFormat
    from ...types import Unset

OPERATION: Final = "list_models"
_DECODE: Final = Ref("GatewayModelsResponse")


def _get_kwargs(
    *,
    availability: ListModelsAvailability | Unset = UNSET,
    capability_status: list[str] | Unset = UNSET,
    endpoints: list[str] | Unset = UNSET,
    feed: ListModelsFeed | Unset = UNSET,
    format: ListModelsFormat | Unset = UNSET,
    input_modalities: list[str] | Unset = UNSET,
    input_types: list[str] | Unset = UNSET,
    limit: int | Unset = UNSET,
    model_routing_status: list[str] | Unset = UNSET,
    offset: int | Unset = UNSET,
    organisation: list[str] | str | Unset = UNSET,
    output_modalities: list[str] | Unset = UNSET,
    output_types: list[str] | Unset = UNSET,
    params: list[str] | Unset = UNSET,
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
            "availability": availability,
            "capability_status": capability_status,
            "endpoints": endpoints,
            "feed": feed,
            "format": format,
            "input_modalities": input_modalities,
            "input_types": input_types,
            "limit": limit,
            "model_routing_status": model_routing_status,
            "offset": offset,
            "organisation": organisation,
            "output_modalities": output_modalities,
            "output_types": output_types,
            "params": params,
            "provider": provider,
            "provider_availability_reason": provider_availability_reason,
            "provider_availability_status": provider_availability_status,
            "provider_routing_status": provider_routing_status,
            "provider_status": provider_status,
            "status": status,
            "supported_parameters": supported_parameters,
        },
    )


def _parse_response(data: Any) -> GatewayModelsResponse:
    result: GatewayModelsResponse = _DECODE(data)
    return result
