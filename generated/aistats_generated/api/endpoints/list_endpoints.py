"""List the endpoint ids with how many models and providers serve them"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref

if TYPE_CHECKING:
    from ...models.endpoint_catalogue_response import EndpointCatalogueResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("EndpointCatalogueResponse")


def _get_kwargs() -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "get", "url": "/endpoints"}
    return _request


def _parse_response(data: Any) -> EndpointCatalogueResponse:
    result: EndpointCatalogueResponse = _DECODE(data)
    return result
