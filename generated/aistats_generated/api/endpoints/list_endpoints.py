"""List the endpoint ids with how many models and providers serve them"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.endpoint_catalogue_response import EndpointCatalogueResponse

OPERATION: Final = "list_endpoints"
_DECODE: Final = Ref("EndpointCatalogueResponse")


def _get_kwargs() -> dict[str, Any]:
    return keywords(OPERATION, {})


def _parse_response(data: Any) -> EndpointCatalogueResponse:
    result: EndpointCatalogueResponse = _DECODE(data)
    return result
