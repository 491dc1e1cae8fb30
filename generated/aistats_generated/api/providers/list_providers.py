"""List the providers"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import given
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.provider_list import ProviderList
    from ...types import Unset

_REPLY: Final = "object"
_DECODE: Final = Ref("ProviderList")


def _get_kwargs(*, limit: int | Unset = UNSET, offset: int | Unset = UNSET) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "get",
        "url": "/providers",
        "params": given({"limit": limit, "offset": offset}),
    }
    return _request


def _parse_response(data: Any) -> ProviderList:
    result: ProviderList = _DECODE(data)
    return result
