"""List usage per day, model and provider"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.activity_response import ActivityResponse
    from ...types import Unset

OPERATION: Final = "list_analytics"
_DECODE: Final = Ref("ActivityResponse")


def _get_kwargs(*, date: str | Unset = UNSET) -> dict[str, Any]:
    return keywords(OPERATION, {"date": date})


def _parse_response(data: Any) -> ActivityResponse:
    result: ActivityResponse = _DECODE(data)
    return result
