"""List the organisations behind the models"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.organisation_list import OrganisationList
    from ...types import Unset

OPERATION: Final = "list_organisations"
_DECODE: Final = Ref("OrganisationList")


def _get_kwargs(*, limit: int | Unset = UNSET, offset: int | Unset = UNSET) -> dict[str, Any]:
    return keywords(OPERATION, {"limit": limit, "offset": offset})


def _parse_response(data: Any) -> OrganisationList:
    result: OrganisationList = _DECODE(data)
    return result
