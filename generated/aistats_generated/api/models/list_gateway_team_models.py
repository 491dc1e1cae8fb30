"""List the models open to the workspace, as gateways before 2026-06-10 do"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.list_gateway_team_models_availability import ListGatewayTeamModelsAvailability
    from ...models.list_gateway_team_models_feed import ListGatewayTeamModelsFeed
    from ...models.list_gateway_team_models_format import ListGatewayTeamModelsFormat
    from ...models.seed_era_models_response import SeedEraModelsResponse
    from ...types import Unset

OPERATION: Final = "list_gateway_team_models"
_DECODE: Final = Ref("SeedEraModelsResponse")


def _get_kwargs(
    *,
    availability: ListGatewayTeamModelsAvailability | Unset = UNSET,
    capability_status: list[str] | Unset = UNSET,
    endpoints: list[str] | Unset = UNSET,
    feed: ListGatewayTeamModelsFeed | Unset = UNSET,
    format: ListGatewayTeamModelsFormat | Unset = UNSET,
    input_types: list[str] | Unset = UNSET,
    limit: int | Unset = UNSET,
    model_routing_status: list[str] | Unset = UNSET,
    offset: int | Unset = UNSET,
    organisation: list[str] | str | Unset = UNSET,
    output_types: list[str] | Unset = UNSET,
    params: list[str] | Unset = UNSET,
    provider: list[str] | Unset = UNSET,
    provider_availability_reason: list[str] | Unset = UNSET,
    provider_availability_status: list[str] | Unset = UNSET,
    provider_routing_status: list[str] | Unset = UNSET,
    provider_status: list[str] | Unset = UNSET,
    status: list[str] | Unset = UNSET,
) -> dict[str, Any]:
    return keywords(
        OPERATION,
        {
            "availability": availability,
            "capability_status": capability_status,
            "endpoints": endpoints,
            "feed": feed,
            "format": format,
            "input_types": input_types,
            "limit": limit,
            "model_routing_status": model_routing_status,
            "offset": offset,
            "organisation": organisation,
            "output_types": output_types,
            "params": params,
            "provider": provider,
            "provider_availability_reason": provider_availability_reason,
            "provider_availability_status": provider_availability_status,
            "provider_routing_status": provider_routing_status,
            "provider_status": provider_status,
            "status": status,
        },
    )


def _parse_response(data: Any) -> SeedEraModelsResponse:
    result: SeedEraModelsResponse = _DECODE(data)
    return result
