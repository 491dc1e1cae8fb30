"""List the providers"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.provider_list import ProviderList
    from ...types import Unset

OPERATION: Final = "list_providers"
_DECODE: Final = Ref("ProviderList")


def _get_kwargs(*, limit: int | Unset = UNSET, offset: int | Unset = UNSET) -> dict[str, Any]:
    return keywords(OPERATION, {"limit": limit, "offset": offset})


def _parse_response(data: Any) -> ProviderList:
    result: ProviderList = _DECODE(data)
    return result
